/** What admins and auditors look at: desks, channels, plugins, the audit log, and the organisation's settings. */
@NullMarked
package io.kefuhub.core.admin;

import org.jspecify.annotations.NullMarked;
