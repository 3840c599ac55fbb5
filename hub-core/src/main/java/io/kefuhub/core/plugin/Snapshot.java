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
    static final Snapshot NOTHING = new Draft(Map.of(), Map.of()).finish();

    private final Map<Name, Offer<?>> offers;
    private final Map<Name, Slot<?>> slots;
    private final List<Offer<?>> offerList;
    private final Map<Kind, List<Slot<?>>> slotLists = new EnumMap<>(Kind.class);

    private Snapshot(SequencedMap<Name, Offer<?>> offers, SequencedMap<Name, Slot<?>> slots) {
        this.offers = offers;
        this.slots = slots;
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

    public Optional<Slot<Translator>> translator(String instance) {
        return typed(Kind.TRANSLATOR, instance);
    }

    public List<Slot<Directory>> directories() {
        return typed(Kind.DIRECTORY);
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
        return new Draft(offers, slots);
    }

    private record Name(Kind kind, String name) {}

    /** The next snapshot while it is put together. One thread only. */
    public static final class Draft {
        private final SequencedMap<Name, Offer<?>> offers;
        private final SequencedMap<Name, Slot<?>> slots;

        private Draft(Map<Name, Offer<?>> offers, Map<Name, Slot<?>> slots) {
            this.offers = new LinkedHashMap<>(offers);
            this.slots = new LinkedHashMap<>(slots);
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

        /** Adds a slot at the end, or in the place of the one with its name. */
        public Draft put(Slot<?> slot) {
            if (!slot.isFilled()) throw new IllegalArgumentException("not made yet: " + slot);
            slots.put(new Name(slot.kind(), slot.instance()), slot);
            return this;
        }

        public Draft remove(Kind kind, String instance) {
            slots.remove(new Name(kind, instance));
            return this;
        }

        /** Removes everything this version of a plugin offers and everything made from it. */
        public Draft remove(PluginVersion plugin) {
            offers.values().removeIf(offer -> offer.plugin().equals(plugin));
            slots.values().removeIf(slot -> slot.plugin().equals(plugin));
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
            return new Snapshot(new LinkedHashMap<>(offers), new LinkedHashMap<>(slots));
        }
    }
}
