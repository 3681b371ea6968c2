package alttext

import (
	"path"
	"strings"

	"github.com/mediadock/mediadock/media/lazyregexp"
)

// sizes are the ends that names of the same picture in other sizes have.
var sizes = lazyregexp.New(`(?i)([-_@ ](\d{2,5}x\d{2,5}|\d(\.\d+)?x|\d{2,5}w|w\d{2,5}|scaled|thumb(nail)?|small|medium|large|xs|sm|md|lg|xl|sp|pc|mobile|desktop|tablet|retina|original|full|preview|min|dark|light))+$`)

// Stem is a name without what is behind the dot and without what tells the
// sizes of one picture apart: "hero-1200x800.jpg" and "hero@2x.webp" are both
// "hero".
func Stem(name string) string {
	stem := strings.TrimSuffix(name, path.Ext(name))
	if cut := sizes.ReplaceAllString(stem, ""); cut != "" {
		return cut
	}
	return stem
}

// Variant names the picture of which a file is one form: files of one folder
// with the same Variant show the same.
func Variant(file string) string {
	dir, name := path.Split(file)
	return dir + strings.ToLower(Stem(name))
}

// Prefix is how the paths of all forms of a file's picture begin.
func Prefix(file string) string {
	dir, name := path.Split(file)
	return dir + Stem(name)
}
