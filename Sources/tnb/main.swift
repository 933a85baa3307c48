import Glibc
import Notebook

// ArgumentParser costs a millisecond of start-up, most of `tnb -c 1`'s: plain runs are told apart before it is touched.
exit((QuickStart.run(CommandLine.arguments.dropFirst()) ?? RootCommand.execute()).rawValue)
