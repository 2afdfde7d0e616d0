package dev.wscratch.cli;

import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** For an option with an optional value: only what is attached with {@code =} is the value, never the next word. */
final class AttachedOnly implements IParameterPreprocessor {
    @Override
    @SuppressWarnings("JdkObsolete") // picocli's type
    public boolean preprocess(
            Stack<String> args, CommandSpec command, ArgSpec option, Map<String, Object> information) {
        if (" ".equals(information.get("separator"))) {
            args.push(option.isOption() ? ((picocli.CommandLine.Model.OptionSpec) option).fallbackValue() : "");
        }
        return false;
    }
}
