@NullMarked
package io.kefuhub.simulators.feishu;

import org.jspecify.annotations.NullMarked;
