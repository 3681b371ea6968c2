package diagnose

import (
	"strings"
)

// shell writes a command line that can be pasted as it is: every argument
// that a shell could read otherwise is quoted.
func shell(args ...string) string {
	quoted := make([]string, len(args))
	for i, a := range args {
		quoted[i] = quoteShell(a)
	}
	return strings.Join(quoted, " ")
}

// ours is a command of mediadock's about the settings that were tested: by
// their connection, or by themselves where they are saved nowhere.
func (b bench) ours(command string, args ...string) string {
	line := []string{"mediadock", command}
	if b.f.Connection != "" {
		line = append(line, shell(b.f.Connection))
	} else if len(b.f.Flags) > 0 {
		line = append(line, shell(b.f.Flags...))
	}
	if len(args) > 0 {
		line = append(line, shell(args...))
	}
	return strings.Join(line, " ")
}

const shellSafe = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_=+,./:@%"

// quoteShell quotes for POSIX shells. Control characters, which no name of
// AWS holds, are left out: a pasted line must not run on.
func quoteShell(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < 0x20 || r == 0x7f || r >= 0x80 && r < 0xa0 {
			return -1
		}
		return r
	}, s)
	if s != "" && strings.Trim(s, shellSafe) == "" {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
