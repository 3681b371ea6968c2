package catalog

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"net"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
)

// server is the URL of the PostgreSQL server that tests run on; empty: each
// runs on a file of its own.
var server string

// aServer is the server that tests may use, or the test is skipped.
func aServer(t testing.TB) string {
	t.Helper()
	where := os.Getenv("MEDIADOCK_TEST_POSTGRES")
	if where == "" {
		t.Skip("needs MEDIADOCK_TEST_POSTGRES, the URL of a server (.ci/test-real postgres starts one)")
	}
	return where
}

// schemaOf is the URL of a schema of its own for a directory of a test.
func schemaOf(t testing.TB, dir string) string {
	t.Helper()
	sum := sha256.Sum256([]byte(dir))
	name := "t" + hex.EncodeToString(sum[:8])
	on := server
	do := func(query string) {
		db, err := sql.Open("pgx", on)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if _, err := db.Exec(query); err != nil {
			t.Fatal(err)
		}
	}
	do(`CREATE SCHEMA IF NOT EXISTS ` + name)
	t.Cleanup(func() { do(`DROP SCHEMA IF EXISTS ` + name + ` CASCADE`) })
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	q.Set("search_path", name)
	u.RawQuery = q.Encode()
	return u.String()
}

// TestOnAServer runs what holds for every catalogue on PostgreSQL.
func TestOnAServer(t *testing.T) {
	server = aServer(t)
	defer func() { server = "" }()
	for name, test := range map[string]func(*testing.T){
		"Search":                         TestSearch,
		"SearchIsAScan":                  TestSearchIsAScan,
		"CountAtItsLimits":               TestCountAtItsLimits,
		"SearchIsCancelled":              TestSearchIsCancelled,
		"SearchWhileRefreshed":           TestSearchWhileRefreshed,
		"CatalogueOfBefore":              TestCatalogueOfBefore,
		"EachGoesOn":                     TestEachGoesOn,
		"RefreshTakesOverTheDifference":  TestRefreshTakesOverTheDifference,
		"WhatPeopleWroteOutlivesTheFile": TestWhatPeopleWroteOutlivesTheFile,
		"RefreshNeedsOrder":              TestRefreshNeedsOrder,
		"RefreshCutShort":                TestRefreshCutShort,
		"RefreshKeepsWhatIsStored":       TestRefreshKeepsWhatIsStoredMeanwhile,
		"RefreshLeavesOutWhatIsRemoved":  TestRefreshLeavesOutWhatIsRemovedMeanwhile,
		"RefreshInSteps":                 TestRefreshInSteps,
		"RefreshIsCancelled":             TestRefreshIsCancelled,
		"Moved":                          TestMoved,
		"MovedInABatch":                  TestMovedInABatch,
		"PlacesAreApart":                 TestPlacesAreApart,
		"ManyInOneSecond":                TestManyInOneSecond,
		"FullSecond":                     TestFullSecond,
		"IDsStayInTheirPlace":            TestIDsStayInTheirPlace,
		"SeveralProcesses":               TestSeveralProcesses,
		"StrangeObjects":                 TestStrangeObjects,
		"NotesTravel":                    TestNotesTravel,
		"TakeNotesKeepsWhatIsNotSaid":    TestTakeNotesKeepsWhatIsNotSaid,
		"Decorative":                     TestDecorative,
		"ACheckedMark":                   TestACheckedMarkBelongsToItsText,
		"EditOfWhatIsNotThere":           TestAnEditOfWhatIsNotThereAnyMore,
		"Pictures":                       TestPictures,
		"Repeated":                       TestRepeated,
		"EditAll":                        TestEditAll,
		"EditsOfTwoParts":                TestEditsOfTwoParts,
		"TextThatNoDatabaseTakes":        TestTextThatNoDatabaseTakes,
		"ChangedOutside":                 TestChangedOutside,
		"Alike":                          TestAlike,
		"DecidedBelongsToTheContent":     TestDecidedBelongsToTheContent,
		"DecidedThatIsNotedLate":         TestDecidedThatIsNotedLate,
		"DecidedIsFound":                 TestDecidedIsFound,
		"DecisionsTravel":                TestDecisionsTravel,
		"CarryDecided":                   TestCarryDecided,
		"Inherit":                        TestInherit,
		"InheritOnce":                    TestInheritOnce,
		"ClearLeavesNeighbours":          TestClearLeavesNeighbours,
	} {
		t.Run(name, test)
	}
}

func TestServerAtOnce(t *testing.T) {
	server = aServer(t)
	defer func() { server = "" }()
	where := schemaOf(t, t.TempDir())
	var all sync.WaitGroup
	for range 6 {
		all.Go(func() {
			c, err := Open(t.Context(), where)
			if err != nil {
				t.Error(err)
				return
			}
			c.Close()
		})
	}
	all.Wait()
}

func TestServerErrors(t *testing.T) {
	there := aServer(t)
	u, err := url.Parse(there)
	if err != nil {
		t.Fatal(err)
	}
	const secret = "s3cr3t-pass"
	with := func(change func(u *url.URL)) string {
		v := *u
		v.User = url.UserPassword(u.User.Username(), secret)
		change(&v)
		return v.String()
	}
	for code, where := range map[string]string{
		CodeNoDatabase: with(func(u *url.URL) { u.Path = "/no-such" }),
		CodeLogin:      with(func(u *url.URL) { u.User = url.UserPassword("nobody-here", secret) }),
		CodeTLS:        with(func(u *url.URL) { u.RawQuery = "sslmode=require" }),
		CodeURL:        "postgres://u:" + secret + "@host:port/x",
	} {
		_, err := Open(t.Context(), where)
		var e *ServerError
		if !errors.As(err, &e) || e.Code != code {
			t.Errorf("want %s, got %v", code, err)
			continue
		}
		if strings.Contains(err.Error()+e.Reason+e.Server, secret) {
			t.Errorf("%s tells the password: %v", code, err)
		}
	}
}

func TestServerUnreachable(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	at := l.Addr().String()
	l.Close()
	_, err = Open(t.Context(), "postgres://me:s3cr3t-pass@"+at+"/db")
	var e *ServerError
	if !errors.As(err, &e) || e.Code != CodeUnreachable || !Unreachable(err) || e.Server != at+"/db" {
		t.Fatalf("got %v", err)
	}
	if strings.Contains(e.Error(), "s3cr3t-pass") {
		t.Errorf("tells the password: %v", e)
	}
}

func TestRedacted(t *testing.T) {
	for where, want := range map[string]string{
		"/home/a/catalogue.db": "/home/a/catalogue.db",
		"postgres://me:pw@db.example.com:5432/media?sslmode=require&password=x": "postgres://me@db.example.com:5432/media?sslmode=require",
		"mysql://me:pw@db/x":      "mysql://me@db/x",
		"postgresql://db/media":   "postgresql://db/media",
		"postgres://me:p%zz@db/x": "postgres://...",
	} {
		if got := Redacted(where); got != want {
			t.Errorf("%s: %s, want %s", where, got, want)
		}
	}
}

func TestPlainTextStaysAtHome(t *testing.T) {
	for where, want := range map[string]string{
		"postgres://db.example.com/x":                 "postgres://db.example.com/x?sslmode=require",
		"postgres://db.example.com/x?sslmode=disable": "postgres://db.example.com/x?sslmode=disable",
		"postgres://127.0.0.1:5432/x":                 "postgres://127.0.0.1:5432/x",
		"postgres://localhost/x":                      "postgres://localhost/x",
		"postgres:///x?host=/run/postgresql":          "postgres:///x?host=/run/postgresql",
		"postgres:///x?host=db.example.com":           "postgres:///x?host=db.example.com&sslmode=require",
	} {
		if got, _ := url.QueryUnescape(withTLS(where)); got != want {
			t.Errorf("%s: %s, want %s", where, got, want)
		}
	}
}
