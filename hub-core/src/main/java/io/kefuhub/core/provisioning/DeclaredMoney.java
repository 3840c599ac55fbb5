package io.kefuhub.core.provisioning;

import io.kefuhub.core.database.Ids;
import io.kefuhub.core.models.money.BookRules;
import io.kefuhub.core.models.money.Books;
import io.kefuhub.core.models.money.Limits;
import io.kefuhub.core.models.money.price.Price;
import io.kefuhub.core.models.money.price.PriceBook;
import io.kefuhub.core.models.money.price.Prices;
import io.kefuhub.core.web.Words;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes books, currencies, budgets and prices be as files declare them. */
public final class DeclaredMoney implements Target<Declarations.Money> {
    private final Books books;
    private final Prices prices;
    private final Limits limits;
    private final Ids ids;
    private final InstantSource clock;

    public DeclaredMoney(Books books, Prices prices, Limits limits, Ids ids, InstantSource clock) {
        this.books = books;
        this.prices = prices;
        this.limits = limits;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public Set<String> files() {
        var files = new HashSet<>(limits.files());
        books.file().ifPresent(files::add);
        var now = clock.instant();
        prices.now().prices().stream()
                .filter(price -> isInForce(price, now))
                .forEach(price -> price.managedBy().ifPresent(files::add));
        prices.now().rates().forEach(rate -> rate.managedBy().ifPresent(files::add));
        return files;
    }

    @Override
    public void apply(String file, List<Declarations.Money> declared) {
        // A file holds one such section, or none.
        var money = declared.stream().findFirst();
        books(file, money.flatMap(Declarations.Money::books));
        rates(file, money.map(Declarations.Money::rates).orElse(List.of()));
        var wanted = money.map(Declarations.Money::budgets).orElse(List.of());
        if (!wanted.isEmpty() || limits.files().contains(file)) {
            limits.declare(
                    file, wanted.stream().map(Declarations.Budget::budget).toList());
        }
        prices(file, money.map(Declarations.Money::prices).orElse(List.of()));
    }

    private void books(String file, Optional<Declarations.Books> declared) {
        var now = books.rules();
        if (declared.isEmpty()) {
            if (books.file().equals(Optional.of(file))) books.change(now, Optional.empty(), actor(file));
            return;
        }
        var wanted = declared.get();
        var rules = new BookRules(
                wanted.currency().orElse(now.currency()),
                wanted.zone().orElse(now.zone()),
                wanted.deskZones(),
                wanted.gracePercent(),
                wanted.closesOnExcess());
        if (!rules.currency().equals(now.currency()) && books.areUsed()) {
            throw new UnfitException(
                    wanted.at(),
                    new Words("there are amounts in the books already; their currency stays", "账本中已有金额，货币不能再更改"));
        }
        books.change(rules, Optional.of(file), actor(file));
    }

    private void rates(String file, List<Declarations.Rate> declared) {
        var now = clock.instant();
        for (var wanted : declared) {
            if (wanted.currency().equals(books.rules().currency())) {
                throw new UnfitException(
                        wanted.at(), new Words("this is the currency of the books; it is worth 1", "这是账本的货币，汇率恒为 1"));
            }
            var standing = newest(file, wanted.currency());
            var isSo = standing.filter(rate -> rate.rate().compareTo(wanted.rate()) == 0
                            && rate.source().equals(wanted.source())
                            && wanted.validFrom().map(rate.validFrom()::equals).orElse(true))
                    .isPresent();
            if (!isSo) {
                prices.keep(
                        new PriceBook.Rate(
                                wanted.currency(),
                                wanted.validFrom().orElse(now),
                                wanted.rate(),
                                wanted.source(),
                                Optional.of(file)),
                        actor(file));
            }
        }
        var named = declared.stream().map(Declarations.Rate::currency).collect(Collectors.toSet());
        for (var rate : prices.now().rates()) {
            if (rate.managedBy().equals(Optional.of(file)) && !named.contains(rate.currency())) {
                prices.forget(rate.currency(), rate.validFrom(), actor(file));
            }
        }
    }

    private Optional<PriceBook.Rate> newest(String file, String currency) {
        return prices.now().rates().stream()
                .filter(rate ->
                        rate.currency().equals(currency) && rate.managedBy().equals(Optional.of(file)))
                .reduce((_, later) -> later);
    }

    private void prices(String file, List<Declarations.Price> declared) {
        var now = clock.instant();
        var wanted = declared.stream()
                .map(one -> one.body().price(ids.next(), Price.Origin.FILE, now, Optional.of(file)))
                .toList();
        if (!wanted.isEmpty()) prices.add(wanted, actor(file));
        var gone = prices.now().prices().stream()
                .filter(price -> price.managedBy().equals(Optional.of(file))
                        && isInForce(price, now)
                        && wanted.stream()
                                .noneMatch(one -> one.provider().equals(price.provider())
                                        && one.model().equals(price.model())))
                .toList();
        prices.end(gone, actor(file));
    }

    private static boolean isInForce(Price price, Instant now) {
        return price.validTo().map(now::isBefore).orElse(true);
    }

    private static String actor(String file) {
        return "file:" + file;
    }
}
