package io.kefuhub.api.kit;

import io.kefuhub.api.Http;
import io.kefuhub.api.channel.Contact;
import io.kefuhub.api.directory.Directory;
import io.kefuhub.api.directory.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What every directory is asked, whatever records it looks into. One thread only. */
public final class DirectoryQuestions {
    /** Verified, and in nobody's records. */
    static final Contact NOBODY = new Contact("nobody-7f3a9c21", true, "", Map.of());

    private static final List<String> ODD_SUBJECTS = List.of(
            "' or '1'='1", "*)(uid=*", "%", "*", ".*", "../../etc/passwd", "\u0000", "\u202Ex", "x".repeat(200));

    private final Directory directory;
    private final FakeHttp http;
    private final List<Contact> pretenders = new ArrayList<>();

    /** @param http what the directory was lent */
    public DirectoryQuestions(Directory directory, FakeHttp http) {
        this.directory = directory;
        this.http = http;
        // Anybody can type these into a form, or choose them as a visitor's id.
        for (var subject : List.of("admin", "1", "anna@example.com", "13800000000")) {
            var said = Map.of("email", "anna@example.com", "phone", "13800000000", "id", "1");
            pretenders.add(new Contact(subject, false, "Anna", said));
        }
    }

    /** @param known somebody whom it knows; who only says that they are that must learn nothing */
    public DirectoryQuestions(Directory directory, FakeHttp http, Contact known) {
        this(directory, http);
        pretenders.add(new Contact("visitor-1", false, known.name(), known.attributes()));
        pretenders.add(new Contact(known.subject(), false, known.name(), known.attributes()));
    }

    public List<Question> all() {
        return List.of(
                new Question("knows nothing of somebody whom nobody knows", "对不存在的人一无所知", this::knowsNobody),
                new Question(
                        "tells nothing to somebody who only says who they are",
                        "对仅自称身份的人不透露任何信息",
                        this::tellsPretendersNothing),
                new Question(
                        "is not deceived by a subject that is a pattern", "不会被当作通配或语句的标识蒙骗", this::bearsOddSubjects),
                new Question("answers the same to many who ask at once", "多线程同时询问时回答相同", this::sameAtOnce),
                new Question("has an answer when its records are away", "数据源不可用时也有回应", this::recordsAway),
                new Question("ends when its thread is interrupted, and closes", "线程被中断时结束，并能够关闭", this::endsAndCloses));
    }

    void knowsNobody() {
        mustKnowNothing(NOBODY);
    }

    void tellsPretendersNothing() {
        pretenders.forEach(this::mustKnowNothing);
    }

    void bearsOddSubjects() {
        for (var subject : ODD_SUBJECTS) mustKnowNothing(new Contact(subject, true, "", Map.of()));
    }

    private void mustKnowNothing(Contact contact) {
        var found = find(contact);
        Broken.unless(
                !(found instanceof Found.Known),
                "%s (%s): it tells of somebody",
                "%s（%s）：它给出了某个人的信息",
                brief(contact),
                contact.verified() ? "verified" : "not verified");
    }

    void sameAtOnce() {
        var alone = find(NOBODY);
        for (var found : AtOnce.ask(() -> find(NOBODY))) {
            Broken.unless(alone.equals(found), "first %s, then %s", "先是 %s，后是 %s", alone, found);
        }
    }

    void recordsAway() {
        for (var outcome : List.of(
                new Http.Outcome.NotAllowed("crm.example.com"),
                new Http.Outcome.Failed(true, "connection reset"),
                new Http.Outcome.TimedOut(true),
                new Http.Outcome.Answered(503, Map.of(), "<html>busy</html>"),
                new Http.Outcome.Answered(200, Map.of(), "{\"half"))) {
            http.answerAs(_ -> new FakeHttp.Played(
                    outcome instanceof Http.Outcome.Answered answered ? answered.body() : "", outcome));
            var found = find(NOBODY);
            Broken.unless(!(found instanceof Found.Known), "%s: it tells of somebody", "%s：它给出了某个人的信息", outcome);
            if (found instanceof Found.Unreachable(var pause)) {
                Broken.unless(!pause.isNegative(), "%s: the pause is negative: %s", "%s：等待时间为负：%s", outcome, pause);
            }
        }
    }

    void endsAndCloses() throws InterruptedException {
        CalledOff.mustEnd(http, () -> find(NOBODY));
        directory.close();
    }

    private Found find(Contact contact) {
        try {
            var found = directory.find(contact);
            Broken.unless(found != null, "no answer, but null", "没有回答，而是 null");
            return found;
        } catch (RuntimeException | Error e) {
            throw Broken.by(e, brief(contact));
        }
    }

    private static String brief(Contact contact) {
        return Messages.brief(Messages.fromCustomer(contact.subject()));
    }
}
