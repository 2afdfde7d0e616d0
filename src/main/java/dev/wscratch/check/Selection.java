package dev.wscratch.check;

import java.util.List;
import java.util.Set;

/** Which cases are played, in the order of their ids: of a server's or of a client's. */
public final class Selection {
    private final List<Case> cases;

    private Selection(List<Case> cases) {
        this.cases = cases;
    }

    /** {@return every case of a server} */
    public static Selection all() {
        return new Selection(Catalogue.ALL);
    }

    /** {@return a server's cases of these stages, and these cases; all if neither is given}
     *
     * @param cases by id or name
     * @throws IllegalArgumentException when there is no such case
     */
    public static Selection of(Set<Stage> stages, Set<String> cases) {
        return chosen(Catalogue.ALL, stages, cases);
    }

    /** {@return the same of a client's cases}
     *
     * @param cases by id or name
     * @throws IllegalArgumentException when there is no such case
     */
    public static Selection ofClient(Set<Stage> stages, Set<String> cases) {
        return chosen(ClientCases.ALL, stages, cases);
    }

    private static Selection chosen(List<Case> all, Set<Stage> stages, Set<String> cases) {
        for (String wanted : cases) {
            if (all.stream().noneMatch(one -> one.isCalled(wanted))) {
                throw new IllegalArgumentException("expected the id or the name of a case, such as 2.1 or "
                        + all.get(0).name() + ", got \"" + wanted + "\"");
            }
        }
        if (stages.isEmpty() && cases.isEmpty()) {
            return new Selection(all);
        }
        return new Selection(all.stream()
                .filter(one -> stages.contains(one.stage()) || cases.stream().anyMatch(one::isCalled))
                .toList());
    }

    /** {@return how many cases} */
    public int size() {
        return cases.size();
    }

    /** {@return a line for each case: id, RFC section, title, and the name, which stays the same in later versions} */
    public List<String> lines() {
        return cases.stream()
                .map(one -> String.format("%-6s %-22s %s  [%s]", one.id(), one.section(), one.title(), one.name()))
                .toList();
    }

    List<Case> cases() {
        return cases;
    }
}
