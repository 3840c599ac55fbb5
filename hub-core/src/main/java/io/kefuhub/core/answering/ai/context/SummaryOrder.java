package io.kefuhub.core.answering.ai.context;

import io.kefuhub.core.models.Payer;

/**
 * Who sums a conversation up, and who pays.
 *
 * @param alias of a cheap model; empty for nobody
 * @param payer of the answer; the summary is paid for by the same desk, channel and customer
 */
public record SummaryOrder(String alias, Payer payer) {}
