package io.kefuhub.simulators.wecom;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.simulators.Answer;
import io.kefuhub.simulators.Json;

/** The platform refuses a call: HTTP 200 all the same, and a number that is not 0. */
final class Wrong extends Exception {
    static final int BUSY = -1;
    static final int SECRET = 40001;
    static final int USER = 40003;
    static final int MEDIA_TYPE = 40004;
    static final int FILE_TYPE = 40005;
    static final int FILE_SIZE = 40006;
    static final int MEDIA = 40007;
    static final int MESSAGE_TYPE = 40008;
    static final int CORP = 40013;
    static final int TOKEN = 40014;
    static final int ESCAPED = 40033;
    static final int AGENT = 40056;
    static final int PARAMETER = 40058;
    static final int NO_TOKEN = 41001;
    static final int NO_MEDIA = 41005;
    static final int TOKEN_EXPIRED = 42001;
    static final int EMPTY = 44004;
    static final int TOO_LARGE = 45001;
    static final int TOO_LONG = 45002;
    static final int TOO_OFTEN = 45009;
    static final int FORBIDDEN = 48002;
    static final int ADDRESS = 60020;
    static final int MEMBER = 60111;
    static final int NOBODY = 81013;
    static final int KF_ACCOUNT = 95000;
    static final int KF_COUNT = 95001;
    static final int KF_WINDOW = 95002;
    static final int KF_TOKEN = 95007;
    static final int KF_SERVICER = 95014;
    static final int KF_TRANSITION = 95016;
    static final int KF_STATE = 95018;
    static final int BOT_REQUEST = 846605;
    static final int BOT_STREAM = 846608;
    static final int BOT_LOGIN = 853000;

    private static final long serialVersionUID = 1L;

    final int code;

    Wrong(int code, String message) {
        super(message);
        this.code = code;
    }

    static ObjectNode json(int code, String message) {
        return Json.object().put("errcode", code).put("errmsg", message);
    }

    static ObjectNode ok() {
        return json(0, "ok");
    }

    static Answer answer(int code, String message) {
        return Answer.json(json(code, message));
    }
}
