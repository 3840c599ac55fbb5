package io.kefuhub.core.answering.documents.reading;

import io.kefuhub.core.web.Words;
import java.util.Locale;

/** Why a document cannot be read, and what its owner can do. */
public enum Trouble {
    UNKNOWN_KIND(
            "This kind of file is not read here. Take PDF, Word (.docx), Markdown, HTML or plain text.",
            "不支持这种文件。请使用 PDF、Word（.docx）、Markdown、HTML 或纯文本。"),
    OLD_WORD(
            "This is a Word file of the old kind (.doc). Open it in Word and save it as .docx.",
            "这是旧版 Word 文件（.doc）。请用 Word 打开后另存为 .docx。"),
    STRICT_WORD(
            "This is a Word file of the strict kind. Open it in Word and save it as \"Word document (.docx)\".",
            "这是“Strict Open XML”格式的 Word 文件。请用 Word 打开后另存为“Word 文档（.docx）”。"),
    LOCKED(
            "This file is locked with a password. Save a copy without a password and upload that.",
            "文件有密码保护。请另存一份不带密码的副本再上传。"),
    SCANNED(
            "The pages are pictures, such as a scan; there is no text in them. Run text recognition (OCR) first.",
            "页面是图片（例如扫描件），里面没有文字。请先做文字识别（OCR）再上传。"),
    BROKEN(
            "The file is damaged or not what its name says. Open it on your computer and save it anew.",
            "文件已损坏，或与扩展名不符。请在电脑上打开后重新保存。"),
    EMPTY("There is no text in this file.", "文件里没有文字。"),
    ENCODING("The text is neither UTF-8 nor GB18030. Save it as UTF-8.", "文本编码不是 UTF-8 或 GB18030。请另存为 UTF-8。"),
    TOO_MANY_PAGES(
            "The file has more than %s pages. Split it.".formatted(Limits.PAGES),
            "文件超过 %s 页，请拆分。".formatted(Limits.PAGES)),
    TOO_LONG(
            "There are more than %,d characters of text in it. Split it.".formatted(Limits.CHARACTERS),
            "文字超过 %s 万字，请拆分。".formatted(Limits.CHARACTERS / 10_000)),
    TOO_HEAVY(
            "Reading it takes too much memory or time. Split it, or save it as plain text.",
            "读取它需要的内存或时间过多。请拆分，或另存为纯文本。");

    private final Words words;

    Trouble(String en, String zh) {
        words = new Words(en, zh);
    }

    public Words words() {
        return words;
    }

    /** As the database and the API spell it. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Trouble of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
