package dev.wscratch.fault;

import dev.wscratch.wire.Handshake;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One row of the table: a way to misbehave.
 *
 * @param id its name, the first segment of its path after {@code /fault/}
 * @param parameters what can be chosen
 * @param does what the server does
 * @param client what a conforming client must do
 * @param section of the RFC that says so
 * @param attempt a command that shows it
 * @param plot makes the script
 */
record Fault(
        String id,
        List<Parameter<?>> parameters,
        String does,
        String client,
        String section,
        String attempt,
        Plot plot) {
    /** Makes the script for one request. */
    @FunctionalInterface
    interface Plot {
        Script script(Handshake.Accepted request, Arguments arguments) throws BadArgumentException;
    }

    Fault {
        parameters = List.copyOf(parameters);
    }

    /** {@return such as {@code /fault/close/{code}?reason=&delay=}} */
    String url() {
        String path = parameters.stream()
                .filter(Parameter::inPath)
                .map(parameter -> "/{" + parameter.name() + "}")
                .collect(Collectors.joining());
        String query = parameters.stream()
                .filter(parameter -> !parameter.inPath())
                .map(parameter -> parameter.name() + "=")
                .collect(Collectors.joining("&"));
        return "/fault/" + id + path + (query.isEmpty() ? "" : "?" + query);
    }
}
