package io.kefuhub.core.gateway;

import com.fasterxml.jackson.core.JacksonException;
import io.kefuhub.core.web.ProgramError;
import io.kefuhub.core.web.Words;

/** What may be wrong with a question, in the codes that OpenAI gives it. */
final class Wrong {
    private Wrong() {}

    static ProgramError type(String field, Words expected) {
        return ProgramError.wrong(
                field,
                "invalid_type",
                new Words(
                        "Invalid type for '" + field + "': expected " + expected.en() + ".",
                        "“" + field + "”的类型有误：应为" + expected.zh() + "。"));
    }

    static ProgramError value(String field, String en, String zh) {
        return ProgramError.wrong(field, "invalid_value", new Words("'" + field + "': " + en, "“" + field + "”：" + zh));
    }

    static ProgramError missing(String field) {
        return ProgramError.wrong(
                field,
                "missing_required_parameter",
                new Words("Missing required parameter: '" + field + "'.", "缺少必需的参数“" + field + "”。"));
    }

    static ProgramError unknown(String field) {
        return ProgramError.wrong(
                field, "unknown_parameter", new Words("Unknown parameter: '" + field + "'.", "未知的参数“" + field + "”。"));
    }

    static ProgramError unsupported(String field) {
        return ProgramError.wrong(
                field,
                "unsupported_parameter",
                new Words(
                        "'" + field + "' is not supported by this hub. Leave it out.",
                        "本系统不支持“" + field + "”，请去掉该参数。"));
    }

    /** Says where, without repeating what was sent. */
    static ProgramError json(JacksonException e) {
        var place = e.getLocation();
        var at = place == null
                ? new Words("", "")
                : new Words(" (line %s, column %s)", "（第 %s 行第 %s 列）").with(place.getLineNr(), place.getColumnNr());
        return ProgramError.wrong(
                null,
                "invalid_json",
                new Words("The body is not valid JSON" + at.en() + ".", "请求内容不是有效的 JSON" + at.zh() + "。"));
    }
}
