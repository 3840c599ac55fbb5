package io.kefuhub.simulators.feishu;

/** The platform's refusals: the number in the answer, the HTTP status it comes with, and its words. */
enum Code {
    APP_ID_WRONG(10003, 400, "invalid param"),
    APP_SECRET_WRONG(10014, 400, "app secret invalid"),
    TOKEN_MISSING(
            99991661, 400, "Missing access token for authorization. Please make a test attempt with the access token."),
    TOKEN_REVOKED(
            99991663,
            400,
            "Invalid access token for authorization. Please make a test attempt with the correct token."),
    TOKEN_UNKNOWN(99991671, 400, "The format of the access token is incorrect or it was never issued"),
    TOKEN_EXPIRED(99991677, 400, "Authentication token expired"),
    SCOPE_MISSING(99991672, 400, "Access denied. One of the following scopes is required: "),
    TOO_MANY(99991400, 429, "request trigger frequency limit"),
    FIELD_WRONG(99992402, 400, "field validation failed"),
    NO_SUCH_ROUTE(99992404, 404, "404 page not found"),
    INTERNAL(1663, 500, "internal error"),

    PARAMETER_WRONG(230001, 400, "Your request contains an invalid request parameter."),
    BOT_OUTSIDE(230002, 400, "The bot can not be outside the group."),
    BOT_OFF(230006, 400, "Bot ability is not activated."),
    REPLY_WITHDRAWN(230011, 400, "The message was withdrawn."),
    USER_OUT_OF_RANGE(230013, 400, "Bot has NO availability to this user."),
    TOO_OFTEN(230020, 400, "This operation triggers the frequency limit."),
    TOO_LONG(230025, 400, "The length of the message content reaches its limit."),
    RECALL_REFUSED(230026, 400, "No permission to recall this message."),
    CARD_TOO_OLD(230031, 400, "The message exceeds the time range for updating."),
    TYPE_MISMATCH(230055, 400, "The type of file upload does not match the type of message being sent."),
    NOT_THE_SENDER(230071, 400, "The operator is not the sender of the message."),
    EDITS_EXHAUSTED(230072, 400, "The message has reached the number of times it can be edited."),
    CARD_WRONG(230099, 400, "Failed to create card content"),
    REACTION_WRONG(231001, 400, "reaction type is invalid."),
    MESSAGE_GONE(231003, 400, "The message is not found, maybe deleted."),
    REACTION_UNKNOWN(231011, 400, "reaction_id is invalid."),

    UPLOAD_WRONG(234001, 400, "Invalid request param."),
    NOT_OF_THIS_MESSAGE(234003, 400, "File not in msg."),
    BOT_NOT_IN_CHAT(234004, 400, "App not in chat."),
    TOO_LARGE(234006, 400, "The file size exceed the max value."),
    NOT_UPLOADED_BY_APP(234008, 400, "The app is not the resource sender."),
    EMPTY_FILE(234010, 400, "File's size can't be 0."),
    NO_IMAGE(234011, 400, "Can't recognize the image format."),
    DOWNLOAD_TOO_LARGE(234037, 400, "Downloaded file size exceeds limit."),
    KIND_NOT_DOWNLOADABLE(234043, 400, "Unsupported message type."),

    CARD_UNKNOWN(200740, 400, "card entity is not found"),
    CARD_SENT_ALREADY(200750, 400, "card entity has been sent"),
    CARD_TOO_LARGE(200860, 400, "The card size exceeds the limit."),
    STREAMING_CLOSED(300309, 400, "streaming mode is closed"),
    ELEMENT_UNKNOWN(300313, 400, "element_id is not found in the card"),
    SEQUENCE_BEHIND(300317, 400, "sequence number compare failed"),

    USER_UNKNOWN(41012, 400, "user id invalid error");

    final int number;
    final int status;
    final String words;

    Code(int number, int status, String words) {
        this.number = number;
        this.status = status;
        this.words = words;
    }

    Refusal refusal() {
        return new Refusal(this, words);
    }

    /** With what exactly is wrong behind the platform's usual words. */
    Refusal refusal(String detail) {
        return new Refusal(this, words + (words.endsWith(" ") ? "" : " ext=") + detail);
    }
}
