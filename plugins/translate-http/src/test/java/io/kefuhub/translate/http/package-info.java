/** Translation by services that speak as LibreTranslate or DeepL do. */
@NullMarked
package io.kefuhub.translate.http;

import org.jspecify.annotations.NullMarked;
