/**
 * Misbehaviour on request: what a bad server does, as scripts that are values, and the one table that describes them.
 *
 * <p>May use {@code wire} only. It does no I/O: a {@link dev.wscratch.fault.Player} acts a script out on a {@link
 * dev.wscratch.fault.Line} that somebody else holds.
 */
@NullMarked
package dev.wscratch.fault;

import org.jspecify.annotations.NullMarked;
