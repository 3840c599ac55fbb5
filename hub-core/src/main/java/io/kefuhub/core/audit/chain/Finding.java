package io.kefuhub.core.audit.chain;

import io.kefuhub.core.web.Words;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that is not as it was sealed or signed. Immutable.
 *
 * @param row which one it is about, or the nearest that has a name
 * @param more a number, a file or a moment that belongs to it
 */
record Finding(What what, Optional<Link.RowId> row, String more) {
    /** What is wrong. */
    enum What {
        CHANGED("was changed after it was sealed", "封存之后被修改"),
        DELETED("was sealed and is gone", "已封存，但行已被删除"),
        LEFT_OUT(
                "has no seal, although all of its time were sealed: its seal was taken out, or it was put in later",
                "没有封存记录，而同期的行均已封存：封存记录被删，或该行是事后插入的"),
        SEAL_CHANGED("its seal itself was changed, number %s", "封存记录本身被修改，编号 %s"),
        OUT_OF_ORDER("does not stand where it was sealed: it followed another than %s", "不在封存时的位置：它原本不在 %s 之后"),
        SEALS_GONE("before it, seals are gone: numbers %s", "在它之前有封存记录缺失：编号 %s"),
        CUT_OFF(
                "was sealed last when it was signed, and the chain now ends before it: cut off after number %s",
                "签名时它是最后封存的一行，现在链条在它之前就结束了：编号 %s 之后被截断"),
        REWRITTEN("its seal is another than was signed, %s: the chain was made anew", "封存记录与签名时不同（%s）：链条被重新生成"),
        NOT_SIGNED("a checkpoint is not signed by the key: %s", "检查点的签名与密钥不符：%s"),
        UNREADABLE("a checkpoint cannot be read: %s", "检查点无法读取：%s"),
        CHECKPOINTS_GONE("checkpoints before this one are gone or were changed: %s", "此前的检查点缺失或被修改：%s");

        private final Words words;

        What(String en, String zh) {
            words = new Words(en, zh);
        }
    }

    static Finding of(What what, Link.RowId row, String more) {
        return new Finding(what, Optional.of(row), more);
    }

    static Finding of(What what, String more) {
        return new Finding(what, Optional.empty(), more);
    }

    /** Table, id and moment first, then what is wrong. */
    Words words() {
        var name = row.map(Finding::name).map(text -> text + ": ").orElse("");
        var said = what.words.with(more);
        return new Words(name + said.en(), name + said.zh());
    }

    static String name(Link.RowId row) {
        var at = row.at().equals(Instant.EPOCH) ? "" : " (" + row.at() + ")";
        return row.table() + " " + row.id() + at;
    }
}
