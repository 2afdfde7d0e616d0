/**
 * The command line: {@code main} parses, calls one room, prints.
 *
 * <p>May use every room; it is the only one that uses {@code System.out} and ends the JVM.
 */
@NullMarked
package dev.wscratch.cli;

import org.jspecify.annotations.NullMarked;
