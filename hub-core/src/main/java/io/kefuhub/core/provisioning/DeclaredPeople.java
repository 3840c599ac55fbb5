package io.kefuhub.core.provisioning;

import io.kefuhub.core.access.Person;
import io.kefuhub.core.access.Staff;
import io.kefuhub.core.web.Role;
import io.kefuhub.core.web.Words;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Makes people be as files declare them. Their passwords are theirs once they are here. */
public final class DeclaredPeople implements Target<Declarations.Person> {
    private final Staff staff;
    private final Supplier<Map<String, UUID>> desks;

    /** @param desks the desks there are, by key */
    public DeclaredPeople(Staff staff, Supplier<Map<String, UUID>> desks) {
        this.staff = staff;
        this.desks = desks;
    }

    @Override
    public Set<String> files() {
        return staff.all().stream()
                .flatMap(person -> person.managedBy().stream())
                .collect(Collectors.toSet());
    }

    @Override
    public void apply(String file, List<Declarations.Person> declared) {
        var before = staff.all().stream().collect(Collectors.toMap(Person::login, Function.identity()));
        var known = desks.get();
        var kept = new HashSet<String>();
        for (var one : declared) {
            kept.add(one.login());
            var old = Optional.ofNullable(before.get(one.login()));
            var wanted = person(file, one, known, old);
            if (!old.equals(Optional.of(wanted))) {
                staff.declare(file, wanted, one.password(), one.mustChangePassword());
            }
        }
        for (var person : before.values()) {
            if (!person.managedBy().equals(Optional.of(file)) || kept.contains(person.login()) || !person.enabled()) {
                continue;
            }
            if (isLastOwner(person)) {
                throw new UnfitException(
                        new Where(file, 1, "people." + person.login()),
                        new Words(
                                "nobody else is an owner; declare another before this one goes",
                                "没有其他所有者；请先声明另一位所有者，再移除这一位"));
            }
            staff.declare(file, switchedOff(person), "", false);
        }
    }

    private static Person person(String file, Declarations.Person one, Map<String, UUID> known, Optional<Person> old) {
        var theirs = new HashSet<UUID>();
        for (var key : one.desks()) {
            var desk = known.get(key);
            if (desk == null) throw UnfitException.noDesk(one.at(), key);
            theirs.add(desk);
        }
        return new Person(
                old.map(Person::id).orElse(new UUID(0, 0)),
                one.login(),
                one.name(),
                one.roles(),
                theirs,
                one.language(),
                one.enabled(),
                old.map(Person::mustChangePassword).orElse(one.mustChangePassword()),
                old.flatMap(Person::lastSignIn),
                Optional.of(file));
    }

    private boolean isLastOwner(Person person) {
        return person.roles().contains(Role.OWNER)
                && staff.all().stream()
                        .noneMatch(other -> other.enabled()
                                && other.roles().contains(Role.OWNER)
                                && !other.id().equals(person.id()));
    }

    private static Person switchedOff(Person person) {
        return new Person(
                person.id(),
                person.login(),
                person.name(),
                person.roles(),
                person.desks(),
                person.language(),
                false,
                person.mustChangePassword(),
                person.lastSignIn(),
                person.managedBy());
    }
}
