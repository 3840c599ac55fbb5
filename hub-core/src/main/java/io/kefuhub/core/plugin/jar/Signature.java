package io.kefuhub.core.plugin.jar;

import io.kefuhub.core.plugin.Refusal;
import io.kefuhub.core.plugin.Refusal.Why;
import java.util.Optional;

/** What is known of a jar's signature. Immutable. */
public sealed interface Signature {
    /** There is none. */
    record Unsigned() implements Signature {}

    /**
     * Every entry is signed, and is as it was when it was.
     *
     * @param by the signer's name, as its certificate has it; worth as much as the trust in it
     * @param fingerprint SHA-256 of the signer's certificate, in hex with colons, as keytool prints it
     */
    record Signed(String by, String fingerprint, Trust trust) implements Signature {
        public boolean trusted() {
            return trust == Trust.TRUSTED;
        }
    }

    /** It does not hold. */
    record Broken(Refusal reason) implements Signature {}

    /** What the hub thinks of a signer. */
    enum Trust {
        /** Its certificate, or one that vouches for it, is in the folder of trust. */
        TRUSTED,
        NOT_TRUSTED,
        /** It would be trusted, if its certificate were valid now or at a trusted time stamp. */
        OUT_OF_DATE,
        /** Its certificate is for something else than code. */
        NOT_FOR_CODE
    }

    /**
     * Says why a jar with this signature is not taken. A signature that is there must hold, whether one is required or
     * not: Java would not load the classes it does not hold for.
     */
    default Optional<Refusal> objection(boolean required) {
        return switch (this) {
            case Broken(var reason) -> Optional.of(reason);
            case Unsigned() when required -> Optional.of(Refusal.of(Why.UNSIGNED));
            case Signed(var by, var fingerprint, var trust)
            when required ->
                switch (trust) {
                    case TRUSTED -> Optional.empty();
                    case NOT_TRUSTED -> Optional.of(Refusal.of(Why.SIGNER_NOT_TRUSTED, by, fingerprint));
                    case OUT_OF_DATE -> Optional.of(Refusal.of(Why.SIGNER_OUT_OF_DATE, by, fingerprint));
                    case NOT_FOR_CODE -> Optional.of(Refusal.of(Why.SIGNER_NOT_FOR_CODE, by, fingerprint));
                };
            case Unsigned _, Signed _ -> Optional.empty();
        };
    }
}
