package dev.wscratch.message;

/** Carries a problem from where it is found to where the {@link Reading} is made; never leaves this room. */
final class BadMessageException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    BadMessageException(Problem problem) {
        // A peer must not make us walk the stack for each of its mistakes.
        super(problem.expected(), null, false, false);
        this.problem = problem;
    }

    BadMessageException(Problem.Code code, String expected, String at) {
        this(new Problem(code, expected, at));
    }

    Problem problem() {
        return problem;
    }
}
