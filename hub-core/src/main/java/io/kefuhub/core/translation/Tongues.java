package io.kefuhub.core.translation;

import io.kefuhub.api.Language;
import java.lang.Character.UnicodeScript;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells the language of a text: by its scripts, and where several languages share one by small words and letters that only
 * one of them has. Made for chat, where a text is short and statistics fail.
 */
public final class Tongues {
    public static final Language ZH_TW = new Language("zh-TW");

    private static final int LOOKED_AT = 2_000;
    private static final int WORTH_ASKING = 6;
    private static final Set<String> IN_LATIN = Set.of(
            "en", "es", "fr", "de", "pt", "vi", "it", "nl", "pl", "tr", "id", "ms", "sv", "da", "nb", "no", "fi", "cs",
            "ro", "hu", "sk", "hr", "fil", "tl");

    /** Written in one way only by those who write traditional, and by those who write simplified characters. */
    private static final String TRADITIONAL = "們這個來時會說對國學開關問題請訂單貨運費為麼還沒發價錢買賣點選擇電話號碼謝嗎裡後東車長門間馬書見聽讓從給無實"
            + "樣經過進動幾換壞慢誰郵寄處應該麗體網頁頭體驗證帳戶區線業務員優惠購滿減贈爾關於當機場幫題數據檔圖話語認識覺得";

    private static final String SIMPLIFIED = "们这个来时会说对国学开关问题请订单货运费为么还没发价钱买卖点选择电话号码谢吗里后东车长门间马书见听让从给无实"
            + "样经过进动几换坏谁邮处应该丽体网页头验证账户区线业务员优购满减赠尔关于当机场帮数据档图话语认识觉得";

    private static final Map<String, Set<String>> WORDS = Map.of(
            "en",
                    Set.of(
                            "the", "is", "are", "my", "your", "where", "order", "please", "hello", "hi", "how",
                            "thanks", "thank", "can", "you", "what", "when", "do", "does", "have", "has", "not", "it",
                            "and", "to", "of", "for", "this", "that", "want", "was", "with", "i", "i'm", "would",
                            "like", "about", "refund", "why", "still", "been", "long", "much", "will", "be", "get",
                            "need", "help"),
            "es",
                    Set.of(
                            "el",
                            "los",
                            "las",
                            "una",
                            "un",
                            "es",
                            "está",
                            "mi",
                            "mis",
                            "dónde",
                            "donde",
                            "pedido",
                            "hola",
                            "gracias",
                            "por",
                            "favor",
                            "cómo",
                            "como",
                            "cuándo",
                            "cuando",
                            "qué",
                            "que",
                            "para",
                            "con",
                            "quiero",
                            "puedo",
                            "tengo",
                            "no",
                            "y",
                            "del",
                            "al",
                            "cuánto",
                            "cuanto",
                            "necesito",
                            "buenos",
                            "días",
                            "muy",
                            "ha",
                            "ayuda",
                            "se",
                            "me",
                            "usted",
                            "le",
                            "de",
                            "la",
                            "en"),
            "fr",
                    Set.of(
                            "le",
                            "les",
                            "des",
                            "une",
                            "un",
                            "est",
                            "où",
                            "ma",
                            "mon",
                            "mes",
                            "commande",
                            "bonjour",
                            "merci",
                            "pour",
                            "avec",
                            "je",
                            "vous",
                            "nous",
                            "quand",
                            "comment",
                            "que",
                            "qui",
                            "dans",
                            "et",
                            "pas",
                            "ne",
                            "du",
                            "au",
                            "sont",
                            "votre",
                            "combien",
                            "suis",
                            "ai",
                            "il",
                            "elle",
                            "ce",
                            "cette",
                            "s'il",
                            "plaît",
                            "j'ai",
                            "salut",
                            "oui",
                            "de",
                            "la",
                            "en",
                            "puis-je",
                            "mais"),
            "de",
                    Set.of(
                            "der",
                            "die",
                            "das",
                            "ein",
                            "eine",
                            "ist",
                            "wo",
                            "mein",
                            "meine",
                            "bestellung",
                            "hallo",
                            "danke",
                            "bitte",
                            "wie",
                            "wann",
                            "was",
                            "ich",
                            "sie",
                            "wir",
                            "und",
                            "nicht",
                            "mit",
                            "für",
                            "auf",
                            "von",
                            "zu",
                            "den",
                            "dem",
                            "habe",
                            "kann",
                            "es",
                            "viel",
                            "warum",
                            "noch",
                            "guten",
                            "tag",
                            "möchte",
                            "sind",
                            "im",
                            "ja",
                            "nein"),
            "pt",
                    Set.of(
                            "o",
                            "os",
                            "as",
                            "uma",
                            "um",
                            "é",
                            "está",
                            "meu",
                            "minha",
                            "onde",
                            "pedido",
                            "olá",
                            "ola",
                            "obrigado",
                            "obrigada",
                            "por",
                            "favor",
                            "como",
                            "quando",
                            "que",
                            "para",
                            "com",
                            "quero",
                            "posso",
                            "tenho",
                            "não",
                            "nao",
                            "e",
                            "do",
                            "da",
                            "no",
                            "na",
                            "ao",
                            "quanto",
                            "preciso",
                            "bom",
                            "dia",
                            "muito",
                            "você",
                            "eu",
                            "em",
                            "de",
                            "sim",
                            "meus",
                            "ajuda"),
            "vi",
                    Set.of(
                            "tôi", "của", "là", "và", "không", "có", "cho", "ở", "đâu", "bao", "nhiêu", "đơn", "hàng",
                            "xin", "chào", "cảm", "ơn", "khi", "nào", "được", "này", "với", "muốn", "em", "anh", "chị",
                            "ạ", "bị", "chưa", "rồi"));
    private static final Map<String, String> LETTERS = Map.of(
            "es",
            "ñ¿¡",
            "fr",
            "œèêëîïùûç",
            "de",
            "ßäö",
            "pt",
            "ãõ",
            "vi",
            "đơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ");

    private Tongues() {}

    /** The language of a text where that is beyond doubt. */
    public static Optional<Language> sure(String text) {
        var scripts = scripts(text);
        int han = scripts.getOrDefault(UnicodeScript.HAN, 0);
        int kana = scripts.getOrDefault(UnicodeScript.HIRAGANA, 0) + scripts.getOrDefault(UnicodeScript.KATAKANA, 0);
        int words = scripts.getOrDefault(UnicodeScript.LATIN, 0);
        if (kana > 0 && kana * 4 >= han) return language("ja");
        if (scripts.getOrDefault(UnicodeScript.HANGUL, 0) > han) return language("ko");
        // A Chinese sentence may hold English words; an English one hardly holds Han.
        if (han > 0 && han * 2 >= words) return Optional.of(chinese(text));
        for (var other : Map.of(
                        UnicodeScript.CYRILLIC, "ru",
                        UnicodeScript.ARABIC, "ar",
                        UnicodeScript.THAI, "th",
                        UnicodeScript.GREEK, "el",
                        UnicodeScript.HEBREW, "he",
                        UnicodeScript.DEVANAGARI, "hi")
                .entrySet()) {
            if (scripts.getOrDefault(other.getKey(), 0) > words * 2) return language(other.getValue());
        }
        return latin(text);
    }

    /** The language of a text in a conversation that was in another one before: what is short says little. */
    public static Language heard(String text, Language before) {
        var sure = sure(text);
        if (sure.isPresent()) {
            var told = sure.get();
            return before.isChinese() && told.isChinese() && !decidesScript(text) ? before : told;
        }
        var letters = text.codePoints().filter(Tongues::isLatin).limit(2).count();
        return letters < 2 || isInLatin(before) ? before : Language.EN;
    }

    /** Whether a text has words in the Latin script that could be of any language. */
    public static boolean isUndecided(String text) {
        return sure(text).isEmpty()
                && text.codePoints()
                                .filter(Tongues::isLatin)
                                .limit(WORTH_ASKING)
                                .count()
                        == WORTH_ASKING;
    }

    /** Whether a text in the Latin script cannot be of a language that is written otherwise: whoever wrote it, meant it so. */
    static boolean isNotIn(String text, Language language) {
        return !isInLatin(language)
                && text.codePoints().anyMatch(Tongues::isLatin)
                && text.codePoints().noneMatch(sign -> Character.isLetter(sign) && !isLatin(sign));
    }

    /** Whether those who read one language read the other: but for its region, it is the same. */
    public static boolean same(Language one, Language other) {
        return primary(one).equals(primary(other));
    }

    /** The same, down to the characters that Chinese is written in. */
    public static boolean sameScript(Language one, Language other) {
        return same(one, other) && (!one.isChinese() || isTraditional(one) == isTraditional(other));
    }

    static boolean isTraditional(Language language) {
        var tag = language.tag();
        return tag.contains("Hant")
                || (!tag.contains("Hans") && (tag.endsWith("TW") || tag.endsWith("HK") || tag.endsWith("MO")));
    }

    static String primary(Language language) {
        var tag = language.tag();
        var end = tag.indexOf('-');
        return end < 0 ? tag : tag.substring(0, end);
    }

    /** Letters by script; of the Latin one, which needs many letters for a word, words. */
    private static Map<UnicodeScript, Integer> scripts(String text) {
        var counts = new EnumMap<UnicodeScript, Integer>(UnicodeScript.class);
        var inWord = false;
        for (var sign : text.codePoints().limit(LOOKED_AT).toArray()) {
            var script = UnicodeScript.of(sign);
            var letter = Character.isLetter(sign);
            var isLatin = script == UnicodeScript.LATIN && letter;
            if (script == UnicodeScript.LATIN ? isLatin && !inWord : script != UnicodeScript.COMMON) {
                counts.merge(script, 1, Integer::sum);
            }
            inWord = isLatin;
        }
        return counts;
    }

    private static Language chinese(String text) {
        return traditional(text) > simplified(text) ? ZH_TW : Language.ZH_CN;
    }

    private static boolean decidesScript(String text) {
        return traditional(text) != simplified(text);
    }

    private static long traditional(String text) {
        return text.codePoints()
                .filter(c -> TRADITIONAL.indexOf(c) >= 0 && SIMPLIFIED.indexOf(c) < 0)
                .count();
    }

    private static long simplified(String text) {
        return text.codePoints()
                .filter(c -> SIMPLIFIED.indexOf(c) >= 0 && TRADITIONAL.indexOf(c) < 0)
                .count();
    }

    private static Optional<Language> latin(String text) {
        var lower = text.toLowerCase(java.util.Locale.ROOT).replace('’', '\'');
        var points = new HashMap<String, Integer>();
        var words = 0;
        for (var word : lower.split("[^\\p{L}'-]+", 400)) {
            if (word.isEmpty()) continue;
            words++;
            WORDS.forEach((tag, known) -> {
                if (known.contains(word)) points.merge(tag, 2, Integer::sum);
            });
        }
        LETTERS.forEach((tag, letters) -> {
            var own = lower.codePoints()
                    .filter(c -> letters.indexOf(c) >= 0)
                    .limit(3)
                    .count();
            if (own > 0) points.merge(tag, 1 + (int) own, Integer::sum);
        });
        var best = points.entrySet().stream().max(Map.Entry.comparingByValue());
        if (best.isEmpty()) return Optional.empty();
        var most = best.get().getValue();
        var rivals =
                points.values().stream().filter(value -> value.equals(most)).count();
        var enough = most >= 4 || words <= 3;
        return enough && rivals == 1 ? language(best.get().getKey()) : Optional.empty();
    }

    private static boolean isLatin(int sign) {
        return Character.isLetter(sign) && UnicodeScript.of(sign) == UnicodeScript.LATIN;
    }

    private static boolean isInLatin(Language language) {
        return IN_LATIN.contains(primary(language));
    }

    private static Optional<Language> language(String tag) {
        return Optional.of(new Language(tag));
    }
}
