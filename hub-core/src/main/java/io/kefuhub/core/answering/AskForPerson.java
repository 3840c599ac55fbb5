package io.kefuhub.core.answering;

import io.kefuhub.api.Language;
import io.kefuhub.core.answering.knowledge.Normaliser;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Recognises that a customer wants a person, in Chinese and English; in other languages by what the hub itself calls it.
 * Pure; safe for threads.
 *
 * <p>What a person is called often means something else too (人工智能, 人工费, "human resources", "travel agent"), so
 * the words must stand alone or be what is asked for.
 */
public final class AskForPerson {
    private static final String PERSON_ZH = "(?:人工客服|人工服务|人工坐席|人工座席|在线客服|客服人员|工作人员|真人客服|客服|真人|活人|人工|专员|坐席)";
    private static final String WANT_ZH = "(?:转接|转到|转|接通|接入|接|找|换|要|叫|喊|呼叫|联系|连接|需要|想跟|想和|跟|和|请|切换到|切换|来)";

    /** What may follow: the end, or words of wanting; not 费, 智能, 几点上班 and the like. */
    private static final String END_ZH =
            "(?=$|[\\s,.!?;。、~]|[吧吗啊呀呢哈啦了]|谢谢|处理|解决|说话|说|聊|沟通|对话|帮|来|回复|接听|服务$|可以|行|好|给我|快)";

    private static final Pattern ALONE_ZH =
            Pattern.compile("^(?:我?(?:要|想要|需要)?个?)?" + PERSON_ZH + "+(?:呢|在|在吗|在不在|在哪|在哪里|服务|客服)?$");
    private static final Pattern ASKED_ZH =
            Pattern.compile(WANT_ZH + "(?:一?[下个位名]|我|你们|您们|你们的|到|去)*(?:的)?" + PERSON_ZH + END_ZH);
    private static final Pattern SOMEONE_ZH = Pattern.compile(
            "^(?:有|还有)(?:没有)?(?:真|活)?人(?:在|吗|在吗|回复|理我|管)?.{0,3}$|^(?:我要|我想|要|想|能不能|可以)?(?:找|换|叫|来)个?(?:真|活)?人(?:来|跟我|和我|处理|说话|聊|$)"
                    + "|不(?:要|想)(?:跟|和)?机器人|别(?:再)?(?:用|让)机器人");
    private static final Pattern REFUSED_ZH =
            Pattern.compile("(?:不要|不用|不想|别|无需|不需要|先不|没|不)(?:再|给我|帮我)?" + WANT_ZH + "*(?:一?[下个位])?" + PERSON_ZH);
    private static final Pattern ABOUT_ZH = Pattern.compile(
            PERSON_ZH + "(?:的)?(?:智能|费|成本|皮革|革|草坪|湖|呼吸|合成|制作|做的|养殖|培育|授粉|降雨|几点|什么时候|工作时间|上班|下班|电话|邮箱|态度|工号|号码|热线|微信)");

    private static final String KIND_EN =
            "(?:(?:an?|the|some|any|your|one of your|real|live|human|actual|customer|service|support|care|sales|online|another|different)\\s+)*";
    private static final String PERSON_EN =
            "(?:human(?: being)?s?|people|person|agents?|representatives?|reps?|operators?|advisors?|advisers?|consultants?|someone(?: real| else)?|somebody|staff(?: member)?|team member|customer (?:service|support|care)|support team|support)";
    private static final String END_EN =
            "(?=$|[,.!?;]| (?:please|pls|now|asap|right now|today|here|instead|urgently|about|regarding|on|from|who|to (?:help|assist|talk|speak|chat|solve|fix)|for help|thanks?|thank you|not)\\b)";
    private static final Pattern TALK_EN = Pattern.compile(
            "\\b(?:talk|speak|chat|connect|transfer|switch|pass|put|hand|escalate|forward|get|reach|contact)\\b(?: me| us| this| it| chat)?(?: over| through)?(?: to| with| ?through to| on to)?\\s+"
                    + KIND_EN + PERSON_EN + END_EN);
    private static final Pattern WANT_EN =
            Pattern.compile("\\b(?:want|need|like|prefer|get me|give me|call|is there|are there|send)\\s+" + KIND_EN
                    + PERSON_EN + END_EN);
    private static final Pattern ALONE_EN = Pattern.compile("^" + KIND_EN + PERSON_EN + "(?: please| now| help)?$");
    private static final Pattern REFUSED_EN = Pattern.compile(
            "\\b(?:don'?t|do not|no need|not|never|without)\\b[^,.!?;]{0,25}\\b(?:talk|speak|chat|connect|transfer|need|want|agent|human|person)\\b(?! (?:to )?(?:a |the )?(?:bot|robot|machine))");
    private static final Pattern ROBOT_EN = Pattern.compile(
            "\\b(?:not|don'?t|do not|stop|no more)\\b[^,.!?;]{0,25}\\b(?:bots?|robots?|chatbots?|machines?|ai)\\b");
    private static final Pattern ABOUT_EN = Pattern.compile(
            "\\b(?:human (?:resources|rights|hair|body|error|size)|(?:user|cleaning|travel|estate|delivery|washing) agents?|i(?:'m| am) (?:not )?(?:an? )?(?:real )?(?:human|person)|hours|phone|number|email|e-mail|rude|per person)\\b");

    // One of these is in everything the patterns find: most questions need no more than that look.
    private static final String HINTS_ZH = "人客员員专席";
    private static final List<String> HINTS_EN = List.of(
            "human",
            "people",
            "person",
            "agent",
            "rep",
            "operator",
            "advis",
            "consultant",
            "some",
            "staff",
            "team member",
            "customer",
            "support",
            "bot",
            "machine",
            "ai");

    /** What buttons and menus say in the customer's name. */
    private static final Set<String> CALLED = HubWords.LANGUAGES.stream()
            .map(Language::new)
            .flatMap(language -> Stream.of(HubWords.TALK_TO_PERSON.in(language), HubWords.MENU_PERSON.in(language)))
            .map(Normaliser::normal)
            .collect(Collectors.toUnmodifiableSet());

    private AskForPerson() {}

    /** Whether a customer who says this wants a person, now. */
    public static boolean in(String text) {
        if (text.length() > 200) return false;
        var bare = Normaliser.normal(text);
        return CALLED.contains(bare)
                || (hints(bare) && chinese(simplified(bare)))
                || (HINTS_EN.stream().anyMatch(bare::contains) && english(bare));
    }

    private static boolean hints(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (HINTS_ZH.indexOf(text.charAt(i)) >= 0) return true;
        }
        return false;
    }

    private static boolean chinese(String text) {
        if (REFUSED_ZH.matcher(text).find() || ABOUT_ZH.matcher(text).find()) return false;
        return ALONE_ZH.matcher(text).matches()
                || ASKED_ZH.matcher(text).find()
                || SOMEONE_ZH.matcher(text).find();
    }

    /** The traditional signs that these few words are written with. */
    private static String simplified(String text) {
        return text.replace('轉', '转')
                .replace('換', '换')
                .replace('員', '员')
                .replace('請', '请')
                .replace('幫', '帮');
    }

    private static boolean english(String text) {
        if (ABOUT_EN.matcher(text).find()) return false;
        if (ROBOT_EN.matcher(text).find()) return true;
        if (REFUSED_EN.matcher(text).find()) return false;
        return ALONE_EN.matcher(text).matches()
                || TALK_EN.matcher(text).find()
                || WANT_EN.matcher(text).find();
    }
}
