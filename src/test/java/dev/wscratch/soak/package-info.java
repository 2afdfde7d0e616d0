/** The endurance run of {@code scripts/soak}: a server in a process of its own, load, churn and attacks, and a judge. */
package dev.wscratch.soak;
