package io.kefuhub.channel.web;

import io.kefuhub.api.Language;
import io.kefuhub.api.SettingSpec;
import io.kefuhub.api.Settings;
import java.util.List;

/**
 * How much one visitor, one address and all together may ask for. Immutable.
 *
 * @param text characters of one text
 * @param file bytes of one file
 * @param filesPerMessage at most
 * @param uploadsPerHour of one visitor
 * @param connectionsPerVisitor the oldest makes room
 * @param connectionsPerAddress a network address may be a whole office
 * @param connections of the instance
 * @param sessionsPerHour new ones from one address
 * @param messagesPer10Seconds of one visitor
 * @param messagesPer10Minutes of one visitor
 * @param framesPerSecond of one connection
 * @param frameBytes of one frame
 * @param waitingBytes of one connection, sent and not yet read
 */
record Limits(
        int text,
        int file,
        int filesPerMessage,
        int uploadsPerHour,
        int connectionsPerVisitor,
        int connectionsPerAddress,
        int connections,
        int sessionsPerHour,
        int messagesPer10Seconds,
        int messagesPer10Minutes,
        int framesPerSecond,
        int frameBytes,
        int waitingBytes) {
    private static final int MANY = 10_000_000;

    private static final SettingSpec TEXT = limit("text-limit", "Characters of one message", "单条消息字数上限", 4_000);
    private static final SettingSpec FILE = limit("file-limit", "Bytes of one file", "单个文件字节上限", 20 * 1024 * 1024);
    private static final SettingSpec FILES = limit("files-per-message", "Files in one message", "单条消息文件数上限", 10);
    private static final SettingSpec UPLOADS =
            limit("uploads-per-hour", "Uploads of one visitor an hour", "每位访客每小时上传数", 20);
    private static final SettingSpec VISITOR =
            limit("connections-per-visitor", "Connections of one visitor", "每位访客连接数", 5);
    private static final SettingSpec ADDRESS =
            limit("connections-per-address", "Connections from one address", "每个地址连接数", 30);
    private static final SettingSpec ALL = limit("connections", "Connections in all", "连接总数", 20_000);
    private static final SettingSpec SESSIONS =
            limit("sessions-per-hour", "New visitors from one address an hour", "每个地址每小时新访客数", 20);
    private static final SettingSpec SHORT =
            limit("messages-per-10s", "Messages of one visitor in 10 seconds", "每位访客 10 秒内消息数", 10);
    private static final SettingSpec LONG =
            limit("messages-per-10min", "Messages of one visitor in 10 minutes", "每位访客 10 分钟内消息数", 60);
    private static final SettingSpec FRAMES =
            limit("frames-per-second", "Frames of one connection a second", "每个连接每秒帧数", 20);
    private static final SettingSpec FRAME = limit("frame-bytes", "Bytes of one frame", "单帧字节上限", 16 * 1024);
    private static final SettingSpec WAITING =
            limit("waiting-bytes", "Bytes waiting for a slow client", "慢连接待发字节上限", 256 * 1024);

    static final List<SettingSpec> SPECS =
            List.of(TEXT, FILE, FILES, UPLOADS, VISITOR, ADDRESS, ALL, SESSIONS, SHORT, LONG, FRAMES, FRAME, WAITING);

    static Limits of(Settings settings) {
        return new Limits(
                settings.number(TEXT, 1, 100_000),
                settings.number(FILE, 1, Integer.MAX_VALUE),
                settings.number(FILES, 1, 100),
                settings.number(UPLOADS, 0, MANY),
                settings.number(VISITOR, 1, MANY),
                settings.number(ADDRESS, 1, MANY),
                settings.number(ALL, 1, MANY),
                settings.number(SESSIONS, 1, MANY),
                settings.number(SHORT, 1, MANY),
                settings.number(LONG, 1, MANY),
                settings.number(FRAMES, 1, MANY),
                settings.number(FRAME, 1024, 1024 * 1024),
                settings.number(WAITING, 16 * 1024, 64 * 1024 * 1024));
    }

    private static SettingSpec limit(String key, String english, String chinese, int standard) {
        return SettingSpec.number(key, english)
                .withLabel(Language.ZH_CN, chinese)
                .withDefault(Integer.toString(standard));
    }
}
