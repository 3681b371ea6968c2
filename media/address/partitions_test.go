package address

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The SDK keeps its table of partitions in an internal package, so ours is a
// copy. It must not fall behind the SDK that this program is built with.
func TestPartitionsAreThoseOfTheSDK(t *testing.T) {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/aws/aws-sdk-go-v2").Output()
	if err != nil || len(strings.TrimSpace(string(dir))) == 0 {
		t.Skip("the SDK's source is not at hand")
	}
	data, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "internal/endpoints/awsrulesfn/partitions.json"))
	if err != nil {
		t.Skip(err)
	}
	var table struct {
		Partitions []struct {
			ID          string
			RegionRegex string
			Outputs     struct{ DNSSuffix, DualStackDNSSuffix string }
			Regions     map[string]struct{ Description string }
		}
	}
	if err := json.Unmarshal(data, &table); err != nil {
		t.Fatal(err)
	}
	if len(table.Partitions) != len(partitions) {
		t.Errorf("the SDK has %d partitions", len(table.Partitions))
	}
	for _, want := range table.Partitions {
		got, ok := PartitionByID(want.ID)
		if !ok || got.DNSSuffix != want.Outputs.DNSSuffix || got.DualStackSuffix != want.Outputs.DualStackDNSSuffix {
			t.Errorf("partition %s: %+v, want %+v", want.ID, got, want.Outputs)
		}
		pattern := regexp.MustCompile(want.RegionRegex)
		for code, region := range want.Regions {
			known, isKnown := RegionOf(code)
			if pseudo := strings.HasSuffix(code, "-global"); pseudo || !got.Supported {
				if isKnown {
					t.Errorf("%s can be chosen", code)
				}
				if pseudo != IsPseudoRegion(code) {
					t.Errorf("IsPseudoRegion(%s) = %v", code, !pseudo)
				}
				continue
			}
			if !isKnown || known.EN != region.Description || known.JA == "" {
				t.Errorf("region %s = %+v, want %q", code, known, region.Description)
			}
			if p, ok := PartitionOf(code); !ok || p.ID != want.ID || !pattern.MatchString(code) {
				t.Errorf("PartitionOf(%s) = %+v", code, p)
			}
		}
	}
}

func TestPartitionOfPlacesWhatItDoesNotKnow(t *testing.T) {
	for region, want := range map[string]string{
		"ap-northeast-9": "aws", "mx-south-1": "aws", "cn-south-1": "aws-cn", "us-gov-central-1": "aws-us-gov", "eusc-de-west-1": "aws-eusc",
		"us-iso-east-1": "aws-iso", "us-isob-east-1": "aws-iso-b", "eu-isoe-west-1": "aws-iso-e", "us-isof-south-1": "aws-iso-f",
		"aws-global": "", "Tokyo": "", "ap-northeast-1a": "", "ap_northeast_1": "", "": "", "xx-east-1": "", "s3-external-1": "",
	} {
		got, ok := PartitionOf(region)
		if got.ID != want || ok != (want != "") {
			t.Errorf("PartitionOf(%q) = %q, %v, want %q", region, got.ID, ok, want)
		}
		if supported := slices.Contains([]string{"aws", "aws-cn", "aws-us-gov", "aws-eusc"}, want); got.Supported != supported {
			t.Errorf("%q: supported is %v", region, got.Supported)
		}
	}
}
