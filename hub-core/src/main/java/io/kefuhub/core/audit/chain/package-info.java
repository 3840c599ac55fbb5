/**
 * Proof that what was written down is still as it was: every row of the audit, the attempts and the turns is sealed into a
 * chain of hashes, the chain's end is signed outside the database, and a command walks both.
 */
@NullMarked
package io.kefuhub.core.audit.chain;

import org.jspecify.annotations.NullMarked;
