package io.kefuhub.core.web;

/** Every kind of error a caller can meet. The code is for programs and never changes. */
public enum ProblemType {
    BAD_REQUEST(400, "bad-request", "The request is wrong", "请求有误"),
    BAD_JSON(400, "bad-json", "The body is not what was expected", "请求内容不符合要求"),
    INVALID(400, "invalid", "A value is not allowed", "填写的内容不符合要求"),
    SIGNED_OUT(401, "signed-out", "Please sign in", "请先登录"),
    NO_TOKEN(401, "no-token", "An API token is needed", "需要 API 令牌"),
    WRONG_TOKEN(401, "wrong-token", "The API token is not valid", "API 令牌无效"),
    WRONG_PASSWORD(401, "wrong-password", "The name or the password is wrong", "用户名或密码不正确"),
    WRONG_OLD_PASSWORD(422, "wrong-password", "The old password is wrong", "原密码不正确"),
    WEAK_PASSWORD(422, "weak-password", "This password is too easy to guess", "密码太简单"),
    PASSWORD_CHANGE_NEEDED(403, "password-change-needed", "Please change your password first", "请先修改密码"),
    FORBIDDEN(403, "forbidden", "You may not do this", "您没有权限"),
    CSRF(403, "csrf", "The page is out of date; please load it again", "页面已过期，请刷新后重试"),
    NOT_FOUND(404, "not-found", "There is no such thing", "没有找到"),
    METHOD_NOT_ALLOWED(405, "method-not-allowed", "This address does not take this method", "此地址不支持该操作"),
    CONFLICT(409, "conflict", "Somebody changed it meanwhile", "内容已被他人修改"),
    NAME_TAKEN(409, "name-taken", "This sign-in name is taken", "该登录名已被使用"),
    LAST_OWNER(409, "last-owner", "There must be an owner", "至少要保留一位所有者"),
    MANAGED_BY_FILE(409, "managed-by-file", "This is managed by a file", "此项由配置文件管理"),
    TAKEN(409, "taken", "Somebody else has this conversation", "该会话已由其他人接待"),
    DECIDED(409, "decided", "Somebody has decided already", "已有人处理"),
    NOT_TAKEN(409, "not-taken", "Take the conversation first", "请先接待该会话"),
    SEND_WINDOW(409, "send-window", "The customer's platform takes no more for now", "客户所在平台暂时不再接收消息"),
    TOO_LARGE(413, "too-large", "This is too large", "内容过大"),
    UNSUPPORTED_TYPE(415, "unsupported-type", "This type is not accepted", "不支持此类型"),
    TOO_MANY(429, "too-many", "Too many attempts; please wait", "操作过于频繁，请稍后再试"),
    UNAVAILABLE(503, "unavailable", "Not available at the moment; please try again", "服务暂时不可用，请稍后重试"),
    INTERNAL(500, "internal", "Something went wrong here", "服务器出错了");

    private final int status;
    private final String code;
    private final Words title;

    ProblemType(int status, String code, String en, String zh) {
        this.status = status;
        this.code = code;
        this.title = new Words(en, zh);
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public Words title() {
        return title;
    }
}
