package io.kefuhub.core.answering.knowledge;

import io.kefuhub.core.web.Words;

/**
 * What is wrong in an import file, and what to do about it.
 *
 * @param line where it is, from 1
 */
public record FileProblem(int line, Words words) {}
