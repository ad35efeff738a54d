/// The version of the commands, shown by `--version`.
package let productVersion = "0.1.0"
