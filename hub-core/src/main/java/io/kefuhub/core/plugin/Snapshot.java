package io.kefuhub.core.plugin;

import io.kefuhub.api.ai.AiProvider;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.directory.Directory;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.respond.Responder;
import io.kefuhub.api.translate.Translator;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** What is plugged in at one moment: what plugins offer, and the live instances in the admin's order. Immutable. */
public final class Snapshot {
    static final Snapshot NOTHING = new Draft(Map.of(), Map.of(), Map.of()).finish();

    private final Map<Name, Offer<?>> offers;
    private final Map<Name, Slot<?>> slots;
    private final Map<Name, Trial<?>> trials;
    private final List<Offer<?>> offerList;
    private final Map<Kind, List<Slot<?>>> slotLists = new EnumMap<>(Kind.class);

    private Snapshot(
            SequencedMap<Name, Offer<?>> offers, SequencedMap<Name, Slot<?>> slots, Map<Name, Trial<?>> trials) {
        this.offers = offers;
        this.slots = slots;
        this.trials = trials;
        this.offerList = List.copyOf(offers.values());
        for (var kind : Kind.values()) {
            slotLists.put(
                    kind,
                    slots.values().stream().filter(slot -> slot.kind() == kind).toList());
        }
    }

    public List<Offer<?>> offers() {
        return offerList;
    }

    public Optional<Offer<?>> offer(Kind kind, String id) {
        return Optional.ofNullable(offers.get(new Name(kind, id)));
    }

    /** The live instances of every kind. */
    public List<Slot<?>> slots() {
        return List.copyOf(slots.values());
    }

    /** The live instances of one kind, in the admin's order. */
    public List<Slot<?>> slots(Kind kind) {
        return slotLists.getOrDefault(kind, List.of());
    }

    public Optional<Slot<?>> slot(Kind kind, String instance) {
        return Optional.ofNullable(slots.get(new Name(kind, instance)));
    }

    public List<Slot<Channel>> channels() {
        return typed(Kind.CHANNEL);
    }

    public Optional<Slot<Channel>> channel(String instance) {
        return typed(Kind.CHANNEL, instance);
    }

    public List<Slot<Filter>> filters() {
        return typed(Kind.FILTER);
    }

    public Optional<Slot<Filter>> filter(String instance) {
        return typed(Kind.FILTER, instance);
    }

    public List<Slot<Responder>> responders() {
        return typed(Kind.RESPONDER);
    }

    public Optional<Slot<Responder>> responder(String instance) {
        return typed(Kind.RESPONDER, instance);
    }

    public Optional<Slot<AiProvider>> aiProvider(String instance) {
        return typed(Kind.AI_PROVIDER, instance);
    }

    public List<Slot<Translator>> translators() {
        return typed(Kind.TRANSLATOR);
    }

    /** Whether anybody translates at all. */
    public boolean hasTranslators() {
        return !slots(Kind.TRANSLATOR).isEmpty();
    }

    public Optional<Slot<Translator>> translator(String instance) {
        return typed(Kind.TRANSLATOR, instance);
    }

    public List<Slot<Directory>> directories() {
        return typed(Kind.DIRECTORY);
    }

    /** The candidates beside live instances; they are in none of the lists of slots. */
    public List<Trial<?>> trials() {
        return List.copyOf(trials.values());
    }

    public Optional<Trial<?>> trial(Kind kind, String instance) {
        return Optional.ofNullable(trials.get(new Name(kind, instance)));
    }

    public Optional<Trial<Filter>> filterTrial(String instance) {
        return typedTrial(Kind.FILTER, instance);
    }

    public Optional<Trial<Responder>> responderTrial(String instance) {
        return typedTrial(Kind.RESPONDER, instance);
    }

    @SuppressWarnings("unchecked")
    private <T extends AutoCloseable> Optional<Trial<T>> typedTrial(Kind kind, String instance) {
        if (trials.isEmpty()) return Optional.empty();
        return Optional.ofNullable((Trial<T>) trials.get(new Name(kind, instance)));
    }

    /** Safe because {@link Draft#put} takes a slot of a kind only from Guard or {@link Slot#of}, made for that kind. */
    @SuppressWarnings("unchecked")
    private <T extends AutoCloseable> List<Slot<T>> typed(Kind kind) {
        return (List<Slot<T>>) (List<?>) slots(kind);
    }

    @SuppressWarnings("unchecked")
    private <T extends AutoCloseable> Optional<Slot<T>> typed(Kind kind, String instance) {
        return Optional.ofNullable((Slot<T>) slots.get(new Name(kind, instance)));
    }

    Draft draft() {
        return new Draft(offers, slots, trials);
    }

    private record Name(Kind kind, String name) {
        static Name of(Slot<?> slot) {
            return new Name(slot.kind(), slot.instance());
        }
    }

    /** The next snapshot while it is put together. One thread only. */
    public static final class Draft {
        private final SequencedMap<Name, Offer<?>> offers;
        private final SequencedMap<Name, Slot<?>> slots;
        private final Map<Name, Trial<?>> trials;
        private final List<Trial<?>> promoted = new ArrayList<>();
        private final List<Trial<?>> ended = new ArrayList<>();

        private Draft(Map<Name, Offer<?>> offers, Map<Name, Slot<?>> slots, Map<Name, Trial<?>> trials) {
            this.offers = new LinkedHashMap<>(offers);
            this.slots = new LinkedHashMap<>(slots);
            this.trials = new LinkedHashMap<>(trials);
        }

        /** Adds an offer; throws when another plugin offers the same, and replaces the one of an earlier version. */
        public Draft add(Offer<?> offer) {
            var name = new Name(offer.kind(), offer.description().id());
            var there = offers.get(name);
            if (there != null && !there.plugin().id().equals(offer.plugin().id())) {
                throw new IllegalStateException(offer + " is offered by " + there.plugin() + " already");
            }
            offers.put(name, offer);
            return this;
        }

        /** Adds a slot at the end, or in the place of the one with its name; a candidate then counts from nothing. */
        public Draft put(Slot<?> slot) {
            requireUsable(slot);
            var name = Name.of(slot);
            slots.put(name, slot);
            var trial = trials.get(name);
            if (trial != null && trial.candidate() == slot) {
                promoted.add(trial);
                trials.remove(name);
            } else if (trial != null) {
                trials.put(name, trial.besideAnother());
            }
            return this;
        }

        private static void requireUsable(Slot<?> slot) {
            if (!slot.isFilled()) throw new IllegalArgumentException("not made yet: " + slot);
            if (slot.callee().isBarred()) throw new IllegalStateException("it was taken back: " + slot);
        }

        /** Removes a slot and ends its trial. */
        public Draft remove(Kind kind, String instance) {
            slots.remove(new Name(kind, instance));
            return end(kind, instance);
        }

        /**
         * Removes everything this version of a plugin offers and everything made from it, candidates too, and ends the
         * trials beside what is removed. So a candidate is promoted before the version it replaces is removed.
         */
        public Draft remove(PluginVersion plugin) {
            offers.values().removeIf(offer -> offer.plugin().equals(plugin));
            slots.values().removeIf(slot -> slot.plugin().equals(plugin));
            for (var trial : List.copyOf(trials.values())) {
                var candidate = trial.candidate();
                if (candidate.plugin().equals(plugin) || !slots.containsKey(Name.of(candidate))) {
                    end(candidate.kind(), candidate.instance());
                }
            }
            return this;
        }

        /** Puts a candidate beside the slot of its name. */
        public Draft begin(Trial<?> trial) {
            var candidate = trial.candidate();
            var serving = slots.get(Name.of(candidate));
            requireUsable(candidate);
            if (!trial.isRunning()) throw new IllegalArgumentException("over already: " + trial);
            if (serving == null || serving == candidate) {
                throw new IllegalArgumentException("nothing serves beside the " + trial);
            }
            if (trials.putIfAbsent(Name.of(candidate), trial) != null) {
                throw new IllegalStateException("there is a trial of " + candidate.instance() + " already");
            }
            return this;
        }

        /** Puts a trial under other terms, see {@link Trial#with}. */
        public Draft change(Trial<?> trial) {
            var there = trials.replace(Name.of(trial.candidate()), trial);
            if (there == null || there.candidate() != trial.candidate()) {
                throw new IllegalStateException("it has ended: " + trial);
            }
            return this;
        }

        /**
         * Lets a candidate take the place of the serving slot, which is the caller's to close. When it was taken back
         * meanwhile, the whole change is refused with an {@link IllegalStateException}.
         */
        public Draft promote(Kind kind, String instance) {
            var trial = trials.get(new Name(kind, instance));
            if (trial == null) throw new IllegalStateException("there is no trial of " + instance);
            return put(trial.candidate());
        }

        /** Ends a trial, if there is one, whose candidate is the caller's to close. */
        public Draft end(Kind kind, String instance) {
            var trial = trials.remove(new Name(kind, instance));
            if (trial != null) ended.add(trial);
            return this;
        }

        /** Puts the named instances of a kind first, in this order; others keep theirs behind. */
        public Draft order(Kind kind, List<String> instances) {
            var moved = new ArrayList<Slot<?>>();
            for (var instance : instances.reversed()) {
                var slot = slots.get(new Name(kind, instance));
                if (slot != null) moved.add(slot);
            }
            moved.forEach(slot -> slots.putFirst(new Name(kind, slot.instance()), slot));
            return this;
        }

        Snapshot finish() {
            settle();
            return new Snapshot(new LinkedHashMap<>(offers), new LinkedHashMap<>(slots), new LinkedHashMap<>(trials));
        }

        /** From here on no verdict falls on them: what now serves must not be barred by a look at old numbers. */
        private void settle() {
            for (var trial : promoted) {
                if (trial.settle()) continue;
                promoted.forEach(Trial::unsettle);
                throw new IllegalStateException("it was taken back: " + trial);
            }
            ended.forEach(Trial::settle);
        }
    }
}
