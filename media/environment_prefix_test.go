package media_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/mediatest"
)

// Whatever the prefix, a copy takes the connection's own media and goes to its
// own environment's directory; only directories directly under the prefix are
// environments (contract), of whatever name.
func TestCopiesUnderEveryPrefix(t *testing.T) {
	dev2 := address.EnvironmentID(mediatest.Service, "dev2")
	e := mediatest.Sandbox(t)
	client, err := e.Source.S3(e.Place)
	if err != nil {
		t.Fatal(err)
	}
	for prefix, want := range map[string][]string{
		"":    {"a/b/c.txt", "a/b/" + dev2 + "/f.txt", "a/d.txt", "a/" + dev2 + "/e.txt", "env-short/g.txt", "top.txt"},
		"a":   {"b/c.txt", "b/" + dev2 + "/f.txt", "d.txt"},
		"a/b": {"c.txt"},
		"a/":  {"b/c.txt", "b/" + dev2 + "/f.txt", "d.txt"},
	} {
		t.Run("prefix "+prefix, func(t *testing.T) {
			r := e.Room(t, media.Options{})
			r.LayMany([]string{"top.txt", "a/d.txt", "a/b/c.txt", dev2 + "/h.txt", "a/" + dev2 + "/e.txt", "a/b/" + dev2 + "/f.txt", "env-short/g.txt"})
			before := r.Keys()
			space := r.Space
			space.Prefix = strings.TrimPrefix(space.Prefix+"/"+prefix, "/")
			l := media.New(client, nil, space, media.Options{})
			res, _ := toEnvironment(t, l, media.EnvironmentOptions{})
			if !res.Check.Equal() || res.Done != len(want) {
				t.Errorf("%+v", res)
			}
			dir := strings.TrimSuffix(strings.TrimPrefix(prefix+"/", "/"), "/")
			if dir != "" {
				dir += "/"
			}
			dir = strings.ReplaceAll(dir, "//", "/") + devID + "/"
			all := slices.Clone(before)
			for _, w := range want {
				all = append(all, dir+w)
			}
			slices.Sort(all)
			keys := r.Keys()
			if slices.Sort(keys); !slices.Equal(keys, all) {
				t.Errorf("there is\n%q, want\n%q", keys, all)
			}
			env := l.In(devID)
			plan, err := env.PlanRemoveEnvironment(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			env.RemoveEnvironment(t.Context(), plan, nil)
			keys = r.Keys()
			slices.Sort(keys)
			if slices.Sort(before); !slices.Equal(keys, before) {
				t.Errorf("after the removal there is\n%q, was\n%q", keys, before)
			}
		})
	}
}
