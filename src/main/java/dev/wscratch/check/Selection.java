package dev.wscratch.check;

import java.util.List;
import java.util.Set;

/** Which cases are played, in the order of their ids. */
public final class Selection {
    private final List<Case> cases;

    private Selection(List<Case> cases) {
        this.cases = cases;
    }

    /** {@return every case} */
    public static Selection all() {
        return new Selection(Catalogue.ALL);
    }

    /** {@return the cases of these stages, and these cases; all if neither is given}
     *
     * @throws IllegalArgumentException when there is no case of such an id
     */
    public static Selection of(Set<Stage> stages, Set<String> ids) {
        for (String id : ids) {
            if (Catalogue.ALL.stream().noneMatch(one -> one.id().equals(id))) {
                throw new IllegalArgumentException("expected the id of a case, such as 2.1, got \"" + id + "\"");
            }
        }
        if (stages.isEmpty() && ids.isEmpty()) {
            return all();
        }
        return new Selection(Catalogue.ALL.stream()
                .filter(one -> stages.contains(one.stage()) || ids.contains(one.id()))
                .toList());
    }

    /** {@return how many cases} */
    public int size() {
        return cases.size();
    }

    /** {@return a line for each case: id, RFC section, title} */
    public List<String> lines() {
        return cases.stream()
                .map(one -> String.format("%-6s %-22s %s", one.id(), one.section(), one.title()))
                .toList();
    }

    List<Case> cases() {
        return cases;
    }
}
