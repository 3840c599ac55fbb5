package io.kefuhub.core.models.routing;

import io.kefuhub.api.ai.Cancel;
import io.kefuhub.core.models.ModelOutcome.Why;
import io.kefuhub.core.models.ModelQuestion;
import io.kefuhub.core.models.catalogue.Deployment;
import io.kefuhub.core.plugin.Contributions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Chooses who is asked next: in the order of the alias, those that have not failed at this question before the others. One
 * thread only. Who is chosen has a place at its deployment and a permit of its breaker, both to be given back.
 */
final class Choosing {
    private final Contributions contributions;
    private final Stations stations;
    private final Preparing preparing;
    private final boolean localOnly;
    private final boolean hasPictures;
    private final Set<String> failed = new HashSet<>();
    private final Map<String, Nobody> ruledOut = new HashMap<>();
    private Ranking ranking;

    /**
     * Why nobody can be asked.
     *
     * @param again after how long somebody may, where that is known
     */
    record Nobody(Why why, String detail, Optional<Duration> again) {
        Nobody(Why why, String detail) {
            this(why, detail, Optional.empty());
        }
    }

    Choosing(
            Contributions contributions,
            Stations stations,
            Preparing preparing,
            ModelQuestion question,
            Ranking ranking,
            boolean localOnly) {
        this.contributions = contributions;
        this.stations = stations;
        this.preparing = preparing;
        this.ranking = ranking;
        this.localOnly = localOnly;
        this.hasPictures = question.messages().stream()
                .anyMatch(message -> !message.pictures().isEmpty());
    }

    void failed(Deployment deployment) {
        failed.add(deployment.key());
    }

    /** Never again for this question. */
    void ruleOut(Deployment deployment, Why why, String detail) {
        ruleOut(deployment, new Nobody(why, detail));
    }

    void ruleOut(Deployment deployment, Nobody why) {
        ruledOut.put(deployment.key(), why);
    }

    void ahead(String key) {
        ranking = ranking.ahead(key);
    }

    /** Whether somebody else could be asked at once. */
    boolean hasOther(Deployment than) {
        return open().stream()
                .anyMatch(one -> !one.key().equals(than.key())
                        && !failed.contains(one.key())
                        && stations.of(one).isHealthy());
    }

    /** Takes a place if there is one for what fits. */
    Optional<Candidate> now(Predicate<Deployment> fits) {
        return open().stream().filter(fits).flatMap(one -> enter(one).stream()).findFirst();
    }

    /**
     * Takes a place, after waiting for it when all are taken; empty when nobody can be asked, see {@link #nobody}.
     *
     * @param waiting how many may wait for one
     */
    Optional<Candidate> next(Duration patience, int waiting, Cancel cancel) {
        var there = now(_ -> true);
        if (there.isPresent()) return there;
        for (var deployment : open()) {
            var station = stations.of(deployment);
            if (station.isResting() || station.isCooling()) continue;
            if (!station.line.enter(patience, waiting, cancel)) return Optional.empty();
            var candidate = permitted(deployment, station);
            if (candidate.isEmpty()) station.line.leave();
            return candidate;
        }
        return Optional.empty();
    }

    private Optional<Candidate> enter(Deployment deployment) {
        var station = stations.of(deployment);
        if (station.isCooling() || !station.line.tryEnter()) return Optional.empty();
        var candidate = permitted(deployment, station);
        if (candidate.isEmpty()) station.line.leave();
        return candidate;
    }

    private Optional<Candidate> permitted(Deployment deployment, Station station) {
        var slot = contributions.now().aiProvider(deployment.instance());
        if (slot.isEmpty() || !station.breaker().tryAcquirePermission()) return Optional.empty();
        return Optional.of(
                new Candidate(deployment, station, slot.get(), ranking.first().contains(deployment.key())));
    }

    /** Those that may be asked at all, in the order in which they are to be. */
    private List<Deployment> open() {
        var open = new ArrayList<Deployment>();
        for (var deployment : ranking.order()) {
            if (isOpen(deployment)) open.add(deployment);
        }
        open.sort(Comparator.comparing((Deployment one) -> failed.contains(one.key()))
                .thenComparing(one -> hasPictures && !one.traits().pictures()));
        return open;
    }

    private boolean isOpen(Deployment deployment) {
        return obstacle(deployment).isEmpty();
    }

    private Optional<Nobody> obstacle(Deployment deployment) {
        var out = ruledOut.get(deployment.key());
        if (out != null) return Optional.of(out);
        if (!deployment.isOn()) return no(Why.NO_MODEL, deployment.key() + " is off");
        if (localOnly && !deployment.traits().local()) return no(Why.NO_MODEL, deployment.key() + " is not local");
        var slot = contributions.now().aiProvider(deployment.instance());
        if (slot.isEmpty()) return no(Why.NO_MODEL, "nothing speaks to " + deployment.key());
        if (slot.get().isResting()) return no(Why.BUSY, "what speaks to " + deployment.key() + " rests");
        return Optional.empty();
    }

    private static Optional<Nobody> no(Why why, String detail) {
        return Optional.of(new Nobody(why, detail));
    }

    /** Whether what may be asked at all is too small for the question. */
    boolean isTooLong() {
        var able = ranking.order().stream()
                .filter(one -> isOpen(one) || isTooSmall(one))
                .toList();
        return !able.isEmpty() && able.stream().allMatch(this::isTooSmall);
    }

    private boolean isTooSmall(Deployment deployment) {
        return deployment.isOn()
                && preparing.needs(deployment.model()) > deployment.traits().window();
    }

    /** Says why nobody can be asked, by what is worst to meet last. */
    Nobody nobody() {
        if (ranking.order().isEmpty()) return new Nobody(Why.NO_MODEL, "the alias has no deployments");
        Optional<Nobody> found = Optional.empty();
        for (var deployment : ranking.order()) {
            var obstacle = obstacle(deployment)
                    .orElseGet(() -> new Nobody(Why.BUSY, deployment.key() + " rests, cools or is full"));
            if (found.isEmpty() || rank(obstacle.why()) < rank(found.get().why())) found = Optional.of(obstacle);
        }
        var worst = found.orElseThrow();
        return new Nobody(worst.why(), worst.detail(), again());
    }

    /** After how long the first of them may be asked again that only wants a pause. */
    Optional<Duration> again() {
        return ranking.order().stream()
                .flatMap(one -> Optional.ofNullable(ruledOut.get(one.key()))
                        .flatMap(Nobody::again)
                        .or(() -> stations.of(one).coolsFor())
                        .stream())
                .min(Comparator.naturalOrder());
    }

    private static int rank(Why why) {
        return switch (why) {
            case BUDGET -> 0;
            case LIMIT -> 1;
            case FAILED -> 2;
            case BUSY -> 3;
            case DEADLINE, DATABASE_AWAY, FILTERED -> 4;
            case NO_MODEL -> 5;
        };
    }
}
