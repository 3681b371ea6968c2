package wizard

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// A row is one thing that people type or paste, and what is to become of it.
type row struct {
	in   string
	with Settings // the other answers
	// For a valid value:
	want    string
	notices []string // codes
	// For a refused one: code or code.detail, and what is offered.
	err     string
	suggest string
	also    map[string]string
}

// on is the key that a table of rows is about.
type table struct {
	key  string
	rows []row
}

// checkRows holds every row of a table to what it says, and every error to
// what all errors promise.
func checkRows(t *testing.T, key string, rows []row) {
	t.Helper()
	for _, r := range rows {
		t.Run(strings.ToValidUTF8(r.in, "?"), func(t *testing.T) {
			value, notices, err := CheckField(key, r.in, r.with)
			var codes []string
			for _, n := range notices {
				codes = append(codes, n.Code)
				if n.Field != key {
					t.Errorf("notice %s is about field %q", n.Code, n.Field)
				}
			}
			if !slices.Equal(codes, r.notices) {
				t.Errorf("notices %q, want %q", codes, r.notices)
			}
			if r.err == "" {
				if err != nil {
					t.Fatalf("refused: %s, want it accepted", err.TextID())
				}
				if value != r.want {
					t.Errorf("value %q, want %q", value, r.want)
				}
				return
			}
			if err == nil {
				t.Fatalf("accepted as %q, want %s", value, r.err)
			}
			if got := strings.TrimPrefix(err.TextID(), "error."); got != r.err {
				t.Errorf("error %s, want %s", got, r.err)
			}
			if err.Suggestion != r.suggest {
				t.Errorf("suggestion %q, want %q", err.Suggestion, r.suggest)
			}
			if !maps.Equal(err.Also, r.also) {
				t.Errorf("also %v, want %v", err.Also, r.also)
			}
		})
	}
}

func allTables() []table {
	return []table{
		{"access_key_profile", keyProfileRows}, {"subdomain", subdomainRows}, {"video_subdomain", videoSubdomainRows},
		{"path_rules", pathRulesRows}, {"domain", imgixDomainRows},
		{"bucket", bucketRows}, {"region", regionRows}, {"role_arn", roleRows}, {"external_id", externalIDRows},
		{"prefix", prefixRows}, {"domain", domainRows}, {"distribution", distributionRows},
		{"trusted_principal", principalRows}, {"service_id", serviceIDRows}, {"notes", notesRows},
		{"integration", integrationRows}, {"access", accessRows}, {"managed_by", managedByRows}, {"fix_file_names", toggleRows},
		{"bucket", bucketPastes}, {"region", regionPastes}, {"role_arn", rolePastes}, {"external_id", externalIDPastes},
		{"trusted_principal", principalPastes}, {"prefix", prefixPastes}, {"domain", domainPastes}, {"distribution", distributionPastes},
		{"service_id", serviceIDPastes}, {"integration", integrationPastes}, {"fix_file_names", togglePastes},
		{"bucket", secretRows["bucket"]}, {"external_id", secretRows["external_id"]}, {"notes", secretRows["notes"]},
		{"prefix", secretRows["prefix"]}, {"role_arn", secretRows["role_arn"]},
		{"bucket", limitRows["bucket"]}, {"region", limitRows["region"]}, {"role_arn", limitRows["role_arn"]},
		{"external_id", limitRows["external_id"]}, {"trusted_principal", limitRows["trusted_principal"]}, {"prefix", limitRows["prefix"]},
		{"domain", limitRows["domain"]}, {"distribution", limitRows["distribution"]}, {"service_id", limitRows["service_id"]},
		{"cloud_names", cloudNameRows}, {"kms_key_arns", keyRows}, {"bucket", cloudinaryBucketRows}, {"region", cloudinaryRegionRows},
		{"storage_name", storageNameRows}, {"default_storage", defaultStorageRows}, {"paths", pathRows}, {"app_roles", appRoleRows}, {"cors_origins", originRows},
	}
}

func TestFields_rules(t *testing.T) {
	for _, table := range allTables() {
		t.Run(table.key, func(t *testing.T) { checkRows(t, table.key, table.rows) })
	}
}

// What is offered in place of a mistake must be accepted, in the field and in
// the others that it brings values for.
func TestEverySuggestionIsAccepted(t *testing.T) {
	for _, table := range allTables() {
		for _, r := range table.rows {
			_, _, err := CheckField(table.key, r.in, r.with)
			if err == nil {
				continue
			}
			s := r.with
			for key, v := range err.Offers() {
				Set(&s, key, v)
			}
			for key, v := range err.Offers() {
				if got, _, e := CheckField(key, v, s); e != nil || got != v {
					t.Errorf("%s %q: offers %q for %s, which becomes %q, %v", table.key, r.in, v, key, got, e)
				}
			}
		}
	}
}

// Checking a value that was accepted changes nothing more, and says nothing
// about cleaning it.
func TestAcceptedValuesStayAsTheyAre(t *testing.T) {
	for _, table := range allTables() {
		for _, r := range table.rows {
			value, _, err := CheckField(table.key, r.in, r.with)
			if err == nil {
				checkStays(t, table.key, value, r.with)
			}
		}
	}
}

func checkStays(t *testing.T, key, value string, s Settings) {
	t.Helper()
	again, notices, err := CheckField(key, value, s)
	if err != nil && value != "" || again != value {
		t.Errorf("%s: %q was accepted, then became %q, %v", key, value, again, err)
	}
	for _, n := range notices {
		if n.Code == "space_removed" || n.Code == "invisible_removed" || n.Code == "prefix.slashes_removed" || n.Code == "domain.scheme_added" {
			t.Errorf("%s: %q was accepted, then cleaned again: %s", key, value, n.Code)
		}
	}
}

// Every text id that rules give is one that tui/text has words for, with the
// arguments that the words may use.
func TestEveryCodeIsListed(t *testing.T) {
	errors, notices := map[string][]string{}, map[string][]string{}
	for _, c := range ErrorCodes() {
		errors[c.ID] = c.Args
	}
	for _, c := range NoticeCodes() {
		notices[c.ID] = c.Args
	}
	seen := map[string]bool{}
	check := func(list map[string][]string, id string, args map[string]string) {
		seen[id] = true
		want, ok := list[id]
		if !ok {
			t.Errorf("%s is not listed", id)
			return
		}
		for _, name := range want {
			if _, ok := args[name]; !ok {
				t.Errorf("%s lacks the argument %s: %v", id, name, args)
			}
		}
		for name := range args {
			if !slices.Contains(want, name) {
				t.Errorf("%s has the argument %s, which is not listed", id, name)
			}
		}
	}
	for _, table := range allTables() {
		rows := append([]row{{in: ""}}, table.rows...)
		for _, r := range rows {
			_, ns, err := CheckField(table.key, r.in, r.with)
			for _, n := range ns {
				check(notices, n.Code, n.Args)
			}
			if err != nil {
				check(errors, strings.TrimPrefix(err.TextID(), "error."), err.Args)
				if _, ok := errors[err.Code]; !ok && !strings.Contains(err.TextID(), ".any.") {
					t.Errorf("the code %s of %s is not listed by itself", err.Code, err.TextID())
				}
			}
		}
	}
	// The other way round: a listed code that no row shows is either dead or
	// untested. What cannot come from a field is left to its own tests.
	elsewhere := []string{"integration.missing", "access.missing", "managed_by.missing", "trusted_principal.missing", "parts.missing", "parts.unknown", "bucket.not_general_purpose", "any.secret", "any.not_used", "subdomain.missing", "cloud_names.missing", "kms_key_arns.missing",
		"storage_name.missing", "paths.missing", "paths.too_long", "app_roles.missing"}
	for _, list := range []map[string][]string{errors, notices} {
		for id := range list {
			if !seen[id] && !strings.HasPrefix(id, "file.") && !slices.Contains(elsewhere, id) {
				t.Errorf("no row shows %s", id)
			}
		}
	}
}
