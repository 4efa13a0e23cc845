//! What the `dockseal` program is made of: the sandbox gateway, and the verbs of the command line.
