// Package text holds every word that people read, in English and Japanese.
//
// Words of the program's own furniture are fields of a typed struct (Catalog);
// words for the domain's ids (validation codes, checks, causes, fixes, notes,
// errors) are looked up with Say. A test fails when either language lacks one.
package text

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/mediadock/mediadock/media/lazyregexp"
)

// Catalog is one language.
type Catalog struct {
	Lang  string // "en" or "ja"
	UI    *UI    // the terminal UI's own furniture
	codes map[string]string
}

// Say returns the text of a domain id with {name} placeholders filled from
// args. An id without a text is returned in brackets, so that a gap is seen. An
// English text may say file{s}, which follows the value of count.
//
// A limit in bytes is {limitsize} as people write it.
//
// The argument without a name is the text as somebody else said it, such as
// the program that wrote a report: it stands in where there is no text here,
// or where the text would need what was not given.
func (c *Catalog) Say(id string, args map[string]string) string {
	t, ok := c.codes[id]
	told := args[""]
	if !ok {
		if told != "" {
			return told
		}
		return "[" + id + "]"
	}
	if told != "" {
		for _, p := range reBlank.FindAllStringSubmatch(t, -1) {
			if _, given := args[p[1]]; !given {
				return told
			}
		}
	}
	if len(args) == 0 {
		return t
	}
	t = c.blank(t, args["code"])
	pairs := make([]string, 0, 2*len(args)+2)
	for k, v := range args {
		switch k {
		case "":
			continue
		case "count":
			pairs = append(pairs, "{s}", plural(v))
		case "limit":
			if n, err := strconv.ParseInt(v, 10, 64); err == nil {
				pairs = append(pairs, "{limitsize}", Bytes(n))
			}
		}
		pairs = append(pairs, "{"+k+"}", c.aside(v))
	}
	return strings.NewReplacer(pairs...).Replace(t)
}

var reBlank = lazyregexp.New(`\{([a-z_]+)\}`)

// blanks are names of characters that cannot be seen between quotes.
var blanks = map[string][2]string{
	"U+0020": {"a space", "空白"},
	"U+0009": {"a tab", "タブ"},
	"U+00A0": {"a no-break space", "ノーブレークスペース"},
	"U+3000": {"a full-width space", "全角スペース"},
}

// blank puts a character's name in place of the quotes around it.
func (c *Catalog) blank(t, code string) string {
	name, ok := blanks[code]
	if !ok {
		return t
	}
	if c.Lang == "ja" {
		return strings.NewReplacer("「{char}」（{code}）", name[1], "“{char}”（{code}）", name[1], "({code})", "("+name[1]+")").Replace(t)
	}
	t = strings.ReplaceAll(t, "“{char}” ({code})", name[0])
	if strings.HasPrefix(t, name[0]) {
		t = strings.ToUpper(t[:1]) + t[1:]
	}
	return t
}

// Has tells whether id has a text.
func (c *Catalog) Has(id string) bool {
	_, ok := c.codes[id]
	return ok
}

// IDs lists the ids that begin with prefix, in order.
func (c *Catalog) IDs(prefix string) []string {
	var ids []string
	for id := range c.codes {
		if strings.HasPrefix(id, prefix) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// For returns the catalog of a language tag such as "ja", "ja_JP.UTF-8" or
// "en"; anything unknown is English.
func For(lang string) *Catalog {
	if strings.HasPrefix(strings.ToLower(lang), "ja") {
		return &Catalog{Lang: "ja", UI: uiJA(), codes: codesJA()}
	}
	return &Catalog{Lang: "en", UI: uiEN(), codes: codesEN()}
}

// The codes of a language are put together once; nobody changes them after.
var (
	codesEN = sync.OnceValue(func() map[string]string {
		return merge(fieldsEN, checksEN, ownerEN, ownerBucketEN, lintEN, mediaEN, privateEN, commandsEN, connectionEN, explainEN, reportEN, handoffEN, callerEN, knowEN, helpEN, purgeEN, systemEN, catalogueEN, recoverEN, importEN, alttextEN, auditEN, environmentEN, cloudinaryEN, mergeEN, imgixChecksEN, keyEN, amplifyChecksEN)
	})
	codesJA = sync.OnceValue(func() map[string]string {
		return merge(fieldsJA, checksJA, ownerJA, ownerBucketJA, lintJA, mediaJA, privateJA, commandsJA, connectionJA, explainJA, reportJA, handoffJA, callerJA, knowJA, helpJA, purgeJA, systemJA, catalogueJA, recoverJA, importJA, alttextJA, auditJA, environmentJA, cloudinaryJA, mergeJA, imgixChecksJA, keyJA, amplifyChecksJA)
	})
)

func merge(maps ...map[string]string) map[string]string {
	all := map[string]string{}
	for _, m := range maps {
		for k, v := range m {
			all[k] = v
		}
	}
	return all
}
