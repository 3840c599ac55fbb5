package io.kefuhub.simulators;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** What every platform finds around it. Safe for threads. */
public final class Scene implements AutoCloseable {
    public final SimulatedTime time = new SimulatedTime();
    public final Changes changes = new Changes();
    public final Journal journal = new Journal(time, changes);
    public final Screens screens = new Screens(time, changes);
    public final Faults faults = new Faults(changes);
    public final Shelf shelf = new Shelf(time);
    public final Callbacks callbacks = new Callbacks(time, journal, faults);

    private final List<Customer> customers = new CopyOnWriteArrayList<>();
    private final AtomicInteger begun = new AtomicInteger();
    private volatile URI address = URI.create("http://127.0.0.1:0");

    /** Where the simulator itself is reached. */
    public URI address() {
        return address;
    }

    void address(URI value) {
        address = value;
    }

    public void add(Customer customer) {
        changes.record(_ -> customers.add(customer));
    }

    public List<Customer> customers() {
        return List.copyOf(customers);
    }

    public Customer customer(String surface, String id) {
        return customers.stream()
                .filter(customer ->
                        customer.surface().equals(surface) && customer.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new BadInputException("there is no customer " + id + " on " + surface));
    }

    /** How often everything was begun anew. */
    public int begun() {
        return begun.get();
    }

    void clear() {
        changes.record(_ -> begun.incrementAndGet());
        time.clear();
        faults.clear();
        journal.clear();
        screens.clear();
        shelf.clear();
        customers.clear();
    }

    @Override
    public void close() {
        time.close();
        callbacks.close();
        shelf.close();
    }
}
