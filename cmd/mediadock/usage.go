package main

import (
	"errors"
	"slices"
	"strings"

	"github.com/agext/levenshtein"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// usageError is a command line that cannot be understood: what is wrong, and
// what was probably meant.
type usageError struct{ said []sentence }

// sentence is a text and what fills it.
type sentence struct {
	id   string
	args map[string]string
}

func (e *usageError) Error() string {
	ids := make([]string, len(e.said))
	for i, s := range e.said {
		ids[i] = s.id
	}
	return strings.Join(ids, ", ")
}

// lines are the error in words, a sentence each.
func (e *usageError) lines(say func(id string, args map[string]string) string) []string {
	var words []string
	for _, s := range e.said {
		words = append(words, say(s.id, s.args))
	}
	return words
}

// misused is a usage error of a command, with where to read on.
func misused(c *cobra.Command, said ...sentence) error {
	return &usageError{said: append(said, sentence{"usage.see", map[string]string{"command": c.CommandPath()}})}
}

// argsError puts a rule about arguments into words: which one is missing,
// which is one too many, which command there is not.
func argsError(rule cobra.PositionalArgs) cobra.PositionalArgs {
	if rule == nil {
		return nil
	}
	return func(c *cobra.Command, args []string) error {
		if rule(c, args) == nil {
			return nil
		}
		if c.HasSubCommands() {
			return unknownCommand(c, args[0])
		}
		names := arguments(c)
		for i, name := range names {
			if i >= len(args) && !strings.HasPrefix(name, "[") {
				return misused(c, sentence{"usage.missing", map[string]string{"missing": name, "usage": synopsis(c)}})
			}
		}
		extra := args[min(len(names), len(args)-1)]
		return misused(c, sentence{"usage.too_many", map[string]string{"extra": extra, "usage": synopsis(c)}})
	}
}

// habits are words of other programs for our commands.
var habits = map[string][]string{
	"check":             {"test", "doctor", "verify"},
	"setup":             {"init", "configure", "config", "wizard"},
	"connection.list":   {"ls", "connections"},
	"connection.delete": {"rm", "remove"},
	"media.ls":          {"list", "find", "search"},
	"media.put":         {"upload", "cp", "add"},
	"media.get":         {"download", "cp"},
	"media.mv":          {"move", "rename"},
	"media.rm":          {"delete", "remove"},
	"media.info":        {"show", "stat", "head"},
	"media.url":         {"link", "presign"},
	"media.replace":     {"reupload"},
}

// unknownCommand suggests what may have been meant: a sibling of nearly the
// same name, or the command of that name wherever it is.
func unknownCommand(c *cobra.Command, word string) error {
	said := []sentence{{"usage.unknown_command", map[string]string{"command": c.CommandPath() + " " + word}}}
	var like []string
	for _, name := range c.SuggestionsFor(word) { // a name twice, where it is alike and a habit
		if path := c.CommandPath() + " " + name; !slices.Contains(like, path) {
			like = append(like, path)
		}
	}
	if len(like) == 0 {
		for _, other := range commandTree(c.Root()) {
			if other.Name() == word || slices.Contains(other.SuggestFor, word) {
				like = append(like, other.CommandPath())
			}
		}
	}
	if len(like) > 0 {
		said = append(said, suggestion(like))
	}
	return misused(c, said...)
}

func suggestion(like []string) sentence {
	return sentence{"usage.suggestion", map[string]string{"suggestion": strings.Join(like, " | ")}}
}

// flagError puts what pflag found wrong into words.
func flagError(c *cobra.Command, err error) error {
	if args := c.Flags().Args(); c.HasSubCommands() && len(args) > 0 {
		return unknownCommand(c, args[0])
	}
	var unknown *pflag.NotExistError
	var empty *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	var syntax *pflag.InvalidSyntaxError
	switch {
	case errors.As(err, &unknown):
		return unknownFlag(c, unknown)
	case errors.As(err, &empty):
		flag := empty.GetFlag()
		return misused(c, sentence{"usage.flag_needs_value", map[string]string{"flag": "--" + flag.Name, "value": flagValue(flag)}})
	case errors.As(err, &invalid):
		return misused(c, sentence{badValue(invalid.GetFlag()), map[string]string{"flag": "--" + invalid.GetFlag().Name, "given": invalid.GetValue()}})
	case errors.As(err, &syntax):
		return misused(c, sentence{"usage.bad_syntax", map[string]string{"flag": syntax.GetSpecifiedFlag()}})
	}
	return err
}

// badValue is the text about a value of a flag's type.
func badValue(f *pflag.Flag) string {
	switch f.Value.Type() {
	case "bool":
		return "usage.bad_switch"
	case "int":
		return "usage.bad_number"
	case "duration":
		return "usage.bad_time"
	}
	return "usage.bad_value"
}

// maxTypos is how many letters of a flag may be wrong for it to be suggested.
const maxTypos = 2

func unknownFlag(c *cobra.Command, e *pflag.NotExistError) error {
	typed, name := "--"+e.GetSpecifiedName(), e.GetSpecifiedName()
	if short := e.GetSpecifiedShortnames(); short != "" {
		typed, name = "-"+short, strings.SplitN(short, "=", 2)[0]
	}
	said := []sentence{{"usage.unknown_flag", map[string]string{"command": c.CommandPath(), "flag": typed}}}
	var like []string
	c.Flags().VisitAll(func(f *pflag.Flag) {
		near := levenshtein.Distance(name, f.Name, nil) <= min(maxTypos, len(name)/2)
		if !f.Hidden && (near || len(name) > 2 && strings.HasPrefix(f.Name, name)) {
			like = append(like, "--"+f.Name)
		}
	})
	if len(like) > 0 {
		said = append(said, suggestion(like))
	}
	return misused(c, said...)
}
