package dev.wscratch.client;

import dev.wscratch.message.Problem;
import java.io.IOException;

/** The server answered by a {@link Problem}; the connection lives on. */
public final class ProblemException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    ProblemException(Problem problem) {
        super(problem.code().word() + (problem.at().isEmpty() ? "" : " at " + problem.at()) + ": expected "
                + problem.expected());
        this.problem = problem;
    }

    /** {@return what the server said} */
    public Problem problem() {
        return problem;
    }
}
