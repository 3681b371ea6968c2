package address

import (
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/unicode/norm"

	"github.com/mediadock/mediadock/media/lazyregexp"
)

// Region is an AWS Region that a bucket may lie in, with the names that the
// AWS console shows.
type Region struct {
	Code string
	EN   string
	JA   string
}

// Partition is a part of AWS with its own accounts, ARNs and domain.
type Partition struct {
	ID              string // "aws", "aws-cn" ...
	DNSSuffix       string
	DualStackSuffix string
	// Supported is false for partitions that are recognised in order to be
	// refused by name (the isolated ones).
	Supported bool
}

type partition struct {
	Partition
	pattern *lazyregexp.Regexp
	regions []Region
}

// Regions returns the Regions that a person may choose, those of the partition
// "aws" first, each partition in the order of codes. The slice is the
// caller's.
func Regions() []Region {
	var all []Region
	for _, p := range partitions {
		if p.Supported {
			all = append(all, p.regions...)
		}
	}
	return all
}

// RegionOf finds a known Region by its code.
func RegionOf(code string) (Region, bool) {
	for _, p := range partitions {
		for _, r := range p.regions {
			if r.Code == code {
				return r, p.Supported
			}
		}
	}
	return Region{}, false
}

// PartitionOf returns the partition of a Region. A Region that is not known is
// placed by its pattern, since AWS opens Regions faster than programs are
// released; use RegionOf to tell. ok is false for anything that cannot be a
// Region, pseudo-regions such as "aws-global" among them.
func PartitionOf(region string) (Partition, bool) {
	for _, p := range partitions {
		if p.pattern.MatchString(region) {
			return p.Partition, true
		}
	}
	return Partition{}, false
}

// PartitionByID finds a partition by the second field of an ARN.
func PartitionByID(id string) (Partition, bool) {
	for _, p := range partitions {
		if p.ID == id {
			return p.Partition, true
		}
	}
	return Partition{}, false
}

// IsPseudoRegion recognises names that AWS's endpoints know as Regions but no
// bucket can lie in, such as "aws-global".
func IsPseudoRegion(text string) bool {
	return pseudoRegion.MatchString(strings.ToLower(strings.TrimSpace(text)))
}

// IsZone recognises an Availability Zone ("ap-northeast-1a"), a Local Zone
// ("us-west-2-lax-1a") or a zone id ("apne1-az4").
func IsZone(text string) bool {
	_, ok := regionOfZone(fold(text))
	return ok
}

var (
	pseudoRegion = lazyregexp.New(`^(aws(-[a-z]+)*-global|s3-external-1|fips-.+|.+-fips)$`)
	zone         = lazyregexp.New(`^([a-z]{2,4}(?:-[a-z]+)+-[0-9]+)(?:[a-z]|-[a-z0-9-]+)$`)
	zoneID       = lazyregexp.New(`^([a-z]+[0-9]+)-[a-z0-9-]*az[0-9]+$`)
)

// RegionByName finds the code of a Region by what people type for it: the code
// in any case, with underscores or full-width letters; an English or Japanese
// name or the place in it; a zone; the LocationConstraint "EU". ok is false
// when nothing or more than one Region fits.
func RegionByName(text string) (code string, ok bool) {
	t := fold(text)
	if t == "" {
		return "", false
	}
	for _, end := range []string{"リージョン", "region"} { // "東京リージョン"
		t = strings.TrimSpace(strings.TrimSuffix(t, end))
	}
	if rest, found := strings.CutPrefix(t, "eu "); found { // "EU (Ireland)", as the console said once
		t = "europe " + rest
	}
	if code, ok := spokenNames()[t]; ok {
		return code, true
	}
	if code, ok := zoneCodes()[t]; ok { // "apne1"
		return code, true
	}
	dashed := strings.NewReplacer("_", "-", " ", "-").Replace(t)
	if _, known := RegionOf(dashed); known {
		return dashed, true
	}
	if strings.Contains(t, " ") { // two Regions are no Local Zone
		return "", false
	}
	return regionOfZone(dashed)
}

func regionOfZone(t string) (string, bool) {
	if m := zone.FindStringSubmatch(t); m != nil {
		if _, known := RegionOf(m[1]); known {
			return m[1], true
		}
	}
	if m := zoneID.FindStringSubmatch(t); m != nil {
		code, ok := zoneCodes()[m[1]]
		return code, ok
	}
	return "", false
}

// fold brings what people type to one form: NFKC (full-width to half-width),
// lower case, single spaces, plain brackets.
func fold(s string) string {
	s = strings.ToLower(norm.NFKC.String(s))
	s = strings.NewReplacer("(", " ", ")", " ", "・", "").Replace(s)
	return strings.Join(strings.Fields(s), " ")
}

// spokenNames maps folded names to codes; zoneCodes maps the short forms that
// zone ids start with. They are made when somebody first types a name.
func spokenNames() map[string]string { names, _ := nameTables(); return names }
func zoneCodes() map[string]string   { _, zones := nameTables(); return zones }

var nameTables = sync.OnceValues(func() (names, zones map[string]string) {
	names, zones = map[string]string{}, map[string]string{}
	var twice []string
	add := func(name, code string) {
		name = fold(name)
		if old, ok := names[name]; ok && old != code {
			twice = append(twice, name)
		}
		names[name] = code
	}
	for _, r := range Regions() {
		zones[zoneCode(r.Code)] = r.Code
		for _, name := range []string{r.EN, r.JA} {
			add(name, r.Code)
			_, place, found := strings.Cut(name, "(")
			if found {
				add(strings.TrimSuffix(place, ")"), r.Code)
			}
		}
	}
	for name, code := range otherNames {
		add(name, code)
	}
	for _, name := range twice {
		delete(names, name)
	}
	return names, zones
})

// zoneCode shortens a Region's code as zone ids do: ap-northeast-1 to apne1.
func zoneCode(region string) string {
	parts := strings.Split(region, "-")
	last := len(parts) - 1
	short := parts[0]
	for _, p := range parts[1:last] {
		switch {
		case slices.Contains([]string{"northeast", "northwest", "southeast", "southwest"}, p):
			short += p[:1] + p[5:6]
		default:
			short += p[:1]
		}
	}
	return short + parts[last]
}
