package awscheck

import (
	"cmp"
	"maps"
	"slices"
	"testing"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/awscheck/racetest"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
)

// rehearsals are what the built-in scenarios come to, without the owner's
// side.
var rehearsals = map[string]struct {
	verdict Verdict
	rows    map[string]want
}{
	"microcms":                      {verdict: Ready, rows: map[string]want{"scope.prefix": {status: Pass, note: "scope-list-wide"}}},
	"microcms-cloudfront":           {verdict: Ready, rows: map[string]want{"delivery.direct": {status: Pass}}},
	"large":                         {verdict: Ready},
	"slow":                          {verdict: Ready},
	"empty":                         {verdict: Ready},
	"clock-skew":                    {verdict: Ready, rows: map[string]want{"caller.identity": {status: Pass, note: "clock-skew"}}},
	"acls-enabled":                  {verdict: Ready},
	"cdn-stale":                     {verdict: Ready, rows: map[string]want{"delivery.stale": {status: Pass, note: "cdn-stale"}}},
	"vendor-only":                   {Failed, map[string]want{"role.assume": {status: Fail, cause: "likely external-id-mismatch", also: []string{"likely caller-not-trusted", "likely role-not-found", "possible trust-condition-unmet", "possible propagating"}}}},
	"external-id-mismatch":          {Failed, map[string]want{"role.assume": {status: Fail, cause: "likely external-id-mismatch", also: []string{"likely caller-not-trusted", "likely role-not-found", "possible trust-condition-unmet", "possible propagating"}}}},
	"role-missing":                  {Failed, map[string]want{"role.assume": {status: Fail, cause: "likely external-id-mismatch", also: []string{"likely caller-not-trusted", "likely role-not-found", "possible trust-condition-unmet", "possible propagating"}}}},
	"role-just-created":             {Failed, map[string]want{"role.assume": {status: Fail, cause: "likely external-id-mismatch", also: []string{"likely caller-not-trusted", "likely role-not-found", "possible trust-condition-unmet", "possible propagating"}}}},
	"trust-condition-unmet":         {Failed, map[string]want{"role.assume": {status: Fail, cause: "likely external-id-mismatch", also: []string{"likely caller-not-trusted", "likely role-not-found", "possible trust-condition-unmet", "possible propagating"}}}},
	"external-id-not-required":      {Failed, map[string]want{"role.requires-external-id": {status: Fail, cause: "certain external-id-not-required"}}},
	"external-id-optional":          {Failed, map[string]want{"role.requires-external-id": {status: Fail, cause: "certain external-id-optional"}}},
	"external-id-wildcard":          {Failed, map[string]want{"role.requires-external-id": {status: Fail, cause: "certain external-id-wildcard"}}},
	"caller-lacks-permission":       {Failed, map[string]want{"role.assume": {status: Fail, cause: "likely caller-lacks-permission"}}},
	"sts-region-disabled":           {Failed, map[string]want{"role.assume": {status: Fail, cause: "certain sts-region-disabled"}}},
	"wrong-region":                  {Failed, map[string]want{"bucket.region": {status: Fail, cause: "certain wrong-region"}}},
	"bucket-missing":                {Failed, map[string]want{"bucket.region": {status: Fail, cause: "certain bucket-not-found"}}},
	"foreign-owner":                 {Failed, map[string]want{"bucket.region": {status: Fail, cause: "certain bucket-foreign-owner"}}},
	"location-denied":               {ReadyWithWarnings, map[string]want{"bucket.region": {status: Warn, cause: "certain location-denied"}}},
	"list-denied":                   {Failed, map[string]want{"bucket.list": {status: Fail, cause: "likely list-denied"}}},
	"list-prefix-condition":         {Failed, map[string]want{"bucket.list": {status: Fail, also: []string{"possible list-prefix-condition"}}}},
	"put-denied":                    {Failed, map[string]want{"object.put": {status: Fail, cause: "likely put-denied", also: []string{"possible put-wrong-prefix"}}}},
	"put-denied-prefix":             {Failed, map[string]want{"object.put": {status: Fail, cause: "likely put-wrong-prefix"}}},
	"get-denied":                    {Failed, map[string]want{"object.get": {status: Fail, cause: "certain get-denied"}}},
	"copy-denied":                   {Failed, map[string]want{"object.copy": {status: Fail, cause: "certain explicit-deny", also: []string{"possible copy-denied"}}}},
	"delete-denied":                 {Failed, map[string]want{"object.delete": {status: Fail, cause: "certain delete-denied"}, "probe.cleanup": {status: Warn}}},
	"encryption-required":           {Failed, map[string]want{"object.put": {status: Fail, also: []string{"certain encryption-required", "certain explicit-deny"}}}},
	"kms-denied":                    {Failed, map[string]want{"object.put": {status: Fail, cause: "certain kms-denied"}}},
	"kms-decrypt-denied":            {Failed, map[string]want{"object.get": {status: Fail, cause: "certain kms-decrypt-denied"}}},
	"kms-key-disabled":              {Failed, map[string]want{"object.put": {status: Fail, cause: "certain kms-key-unusable"}}},
	"explicit-deny":                 {Failed, map[string]want{"object.put": {status: Fail, cause: "certain explicit-deny"}}},
	"boundary-denied":               {Failed, map[string]want{"object.put": {status: Fail, cause: "certain boundary-denied"}}},
	"organization-denied":           {Failed, map[string]want{"object.put": {status: Fail, also: []string{"certain explicit-deny", "certain scp-denied"}}}},
	"rcp-denied":                    {Failed, map[string]want{"object.delete": {status: Fail, also: []string{"certain explicit-deny", "certain rcp-denied"}}}},
	"vpc-endpoint-denied":           {Failed, map[string]want{"object.put": {status: Fail, cause: "certain vpc-endpoint-denied"}}},
	"object-archived":               {Failed, map[string]want{"object.get": {status: Fail, cause: "certain object-archived"}, "delivery.url": {status: Fail, cause: "certain object-archived"}}},
	"delete-marker":                 {ReadyWithWarnings, map[string]want{"object.delete": {status: Warn, cause: "certain delete-marker"}}},
	"scope-too-wide":                {ReadyWithWarnings, map[string]want{"scope.prefix": {status: Warn, cause: "certain scope-too-wide"}}},
	"public-access-blocked":         {Failed, map[string]want{"delivery.url": {status: Fail, cause: "likely public-access-blocked", also: []string{"likely bucket-policy-missing", "possible bucket-policy-wrong-path"}}}},
	"public-access-blocked-account": {Failed, map[string]want{"delivery.url": {status: Fail, cause: "likely public-access-blocked", also: []string{"likely bucket-policy-missing", "possible bucket-policy-wrong-path"}}}},
	"bucket-policy-missing":         {Failed, map[string]want{"delivery.url": {status: Fail, cause: "likely public-access-blocked", also: []string{"likely bucket-policy-missing", "possible bucket-policy-wrong-path"}}}},
	"bucket-policy-wrong-path":      {Failed, map[string]want{"delivery.url": {status: Fail, cause: "likely public-access-blocked", also: []string{"likely bucket-policy-missing", "possible bucket-policy-wrong-path"}}}},
	"kms-anonymous":                 {Failed, map[string]want{"delivery.url": {status: Fail, cause: "certain kms-anonymous"}}},
	"listing-public":                {Failed, map[string]want{"delivery.listing": {status: Fail, cause: "certain listing-public"}}},
	"cdn-wrong-distribution":        {Failed, map[string]want{"delivery.url": {status: Fail, also: []string{"likely origin-access-missing"}}}},
	"cdn-origin-access-missing":     {Failed, map[string]want{"delivery.url": {status: Fail, also: []string{"likely origin-access-missing"}}}},
	"cdn-signing-never":             {Failed, map[string]want{"delivery.url": {status: Fail, also: []string{"likely origin-access-missing"}}}},
	"cdn-kms":                       {Failed, map[string]want{"delivery.url": {status: Fail, also: []string{"likely origin-access-missing"}}}},
	"cdn-path-doubled":              {Failed, map[string]want{"delivery.url": {status: Fail, cause: "certain origin-path-doubled"}}},
	"direct-access-open":            {ReadyWithWarnings, map[string]want{"delivery.direct": {status: Warn, cause: "certain direct-access-open"}}},
	"domain-not-found":              {Failed, map[string]want{"delivery.url": {status: Fail, cause: "certain domain-not-found"}}},
	"domain-wrong-target":           {Failed, map[string]want{"delivery.url": {status: Fail, cause: "likely domain-wrong-target"}}},
	"wrong-content":                 {Failed, map[string]want{"delivery.url": {status: Fail, cause: "certain wrong-content"}}},
	"spa-fallback":                  {Failed, map[string]want{"delivery.url": {status: Fail, cause: "likely spa-fallback"}}},
	"alias-missing":                 {Failed, map[string]want{"delivery.url": {status: Fail, also: []string{"likely alias-missing"}}}},
	"tls-name-mismatch":             {Failed, map[string]want{"delivery.url": {status: Fail, cause: "certain tls-name-mismatch"}}},
	"distribution-deploying":        {Failed, map[string]want{"delivery.url": {status: Fail}}},
	"distribution-disabled":         {Failed, map[string]want{"delivery.url": {status: Fail}}},
	"waf-blocked":                   {Failed, map[string]want{"delivery.url": {status: Fail, cause: "certain waf-blocked"}}},
	"cloudinary-ready":              {verdict: ReadyWithWarnings, rows: map[string]want{"cloudinary.marker": {status: Pass}, "cloudinary.key": {status: Pass}}},
	"cloudinary-no-marker":          {Failed, map[string]want{"cloudinary.marker": {status: Fail, cause: "certain cloudinary-marker-missing"}}},
	"cloudinary-marker-misplaced":   {Failed, map[string]want{"cloudinary.marker": {status: Fail, cause: "certain cloudinary-marker-misplaced"}}},
	"cloudinary-policy-missing":     {verdict: ReadyWithWarnings},
	"cloudinary-policy-narrow":      {verdict: ReadyWithWarnings},
	"cloudinary-org-deny":           {verdict: ReadyWithWarnings},
	"cloudinary-restrict-public":    {verdict: ReadyWithWarnings},
	"cloudinary-too-wide":           {verdict: ReadyWithWarnings},
	"cloudinary-kms-not-granted":    {verdict: ReadyWithWarnings, rows: map[string]want{"cloudinary.key": {status: Pass}}},
	"cloudinary-key-mismatch":       {Failed, map[string]want{"cloudinary.key": {status: Fail, cause: "certain cloudinary-key-mismatch"}}},
	"imgix-ready":                   {verdict: Ready, rows: map[string]want{"imgix.key": {status: Pass}, "imgix.read": {status: Pass}, "imgix.rights": {status: Pass}, "imgix.rules": {status: Pass}, "imgix.delivery": {status: Pass}}},
	"imgix-key-cannot-list":         {Failed, map[string]want{"bucket.list": {status: Fail, cause: "likely list-denied"}, "imgix.read": {status: Skip}}},
	"imgix-no-location":             {Failed, map[string]want{"bucket.region": {status: Fail, cause: "certain location-denied"}, "imgix.read": {status: Pass}}},
	"imgix-read-denied-prefix":      {Failed, map[string]want{"imgix.read": {status: Fail, cause: "certain get-denied"}, "imgix.delivery": {status: Skip}}},
	"imgix-key-can-write":           {ReadyWithWarnings, map[string]want{"imgix.rights": {status: Warn, cause: "likely imgix-key-writes", also: []string{"possible imgix-bucket-lets-more"}}}},
	"imgix-managed-read-only":       {verdict: Ready, rows: map[string]want{"imgix.rights": {status: Pass, note: "imgix-reads-everything"}}},
	"imgix-other-bucket":            {ReadyWithWarnings, map[string]want{"imgix.rights": {status: Warn, cause: "likely imgix-key-other-buckets", also: []string{"possible imgix-bucket-lets-more"}}}},
	"imgix-us-east-1":               {Failed, map[string]want{"imgix.read": {status: Fail, cause: "certain explicit-deny"}}},
	"imgix-queued":                  {ReadyWithWarnings, map[string]want{"imgix.delivery": {status: Warn, cause: "likely imgix-queued", also: []string{"possible imgix-subdomain-wrong"}}}},
	"imgix-bucket-writable":         {ReadyWithWarnings, map[string]want{"imgix.rights": {status: Warn, cause: "likely imgix-key-writes", also: []string{"possible imgix-bucket-lets-more"}}}},
	"imgix-prefix-wrong":            {ReadyWithWarnings, map[string]want{"imgix.read": {status: Pass}, "imgix.delivery": {status: Warn, cause: "likely imgix-refused", also: []string{"possible imgix-prefix-wrong"}}}},
	"imgix-signed-urls":             {ReadyWithWarnings, map[string]want{"imgix.delivery": {status: Warn, cause: "likely imgix-refused"}}},
	"imgix-other-key":               {ReadyWithWarnings, map[string]want{"imgix.read": {status: Pass}, "imgix.delivery": {status: Warn, cause: "likely imgix-refused"}}},
	"imgix-empty":                   {ReadyWithWarnings, map[string]want{"imgix.read": {status: Pass}, "imgix.rules": {status: Pass}, "imgix.delivery": {status: Inconclusive}}},
	"imgix-key-unknown":             {NotRun, map[string]want{"caller.identity": {status: Fail, cause: "certain access-key-unknown"}}},
	"throttled":                     {Failed, map[string]want{"object.put": {status: Fail, cause: "certain throttled"}}},
	"connection-broken":             {Failed, map[string]want{"object.put": {status: Fail, cause: "likely connection-broken"}}},
	"proxy-page":                    {Failed, map[string]want{"bucket.region": {status: Fail, cause: "likely proxy-refused"}}},
	"account-suspended":             {Failed, map[string]want{"bucket.region": {status: Fail, cause: "certain account-suspended"}}},
	"unknown-error":                 {Failed, map[string]want{"object.put": {status: Fail}}},

	"amplify":                      {verdict: Ready, rows: map[string]want{"amplify.cors": {status: Pass}, "amplify.access": {status: Pass}}},
	"amplify-cognito-only":         {ReadyWithWarnings, map[string]want{"amplify.access": {status: Skip}}},
	"amplify-no-cors":              {Failed, map[string]want{"amplify.cors": {status: Fail, cause: "certain cors-missing"}}},
	"amplify-cors-wrong-origin":    {Failed, map[string]want{"amplify.cors": {status: Fail, cause: "certain amplify-cors-origin"}}},
	"amplify-cors-read-only":       {Failed, map[string]want{"amplify.cors": {status: Fail, cause: "certain amplify-cors-methods"}}},
	"amplify-cors-no-etag":         {Failed, map[string]want{"amplify.cors": {status: Fail, cause: "certain amplify-cors-etag"}}},
	"amplify-role-missing-list":    {Failed, map[string]want{"amplify.access": {status: Fail, cause: "certain amplify-role-missing"}}},
	"amplify-policy-wrong-prefix":  {Failed, map[string]want{"amplify.access": {status: Fail, cause: "certain amplify-role-missing"}}},
	"amplify-guest-can-write":      {Failed, map[string]want{"amplify.access": {status: Fail, cause: "certain amplify-guest-can-write"}}},
	"amplify-group-missing":        {ReadyWithWarnings, map[string]want{"amplify.access": {status: Skip}}},
	"amplify-bucket-policy-denies": {Failed, map[string]want{"amplify.access": {status: Fail, cause: "certain amplify-bucket-policy-denies"}}},
	"amplify-bucket-policy-open":   {ReadyWithWarnings, map[string]want{"amplify.access": {status: Warn, cause: "certain amplify-role-wide"}}},

	"object-locked": {ReadyWithWarnings, map[string]want{"object.put": {status: Pass}, "object.delete": {status: Warn, cause: "certain delete-marker"}}},
}

// withOwner are the live rows of the same scenarios in the light of the
// owner's side, and the verdict where that changes it. Every scenario that
// does not pass is here: what is only likely there, nobody who reads the
// account's settings can make certain.
var withOwner = map[string]struct {
	verdict Verdict // empty: as without
	rows    map[string]want
}{
	"amplify-cognito-only":         {verdict: Ready},
	"amplify-no-cors":              {rows: map[string]want{"amplify.cors": {status: Fail, cause: "certain cors-missing"}}},
	"amplify-cors-wrong-origin":    {rows: map[string]want{"amplify.cors": {status: Fail, cause: "certain amplify-cors-origin"}}},
	"amplify-cors-read-only":       {rows: map[string]want{"amplify.cors": {status: Fail, cause: "certain amplify-cors-methods"}}},
	"amplify-cors-no-etag":         {rows: map[string]want{"amplify.cors": {status: Fail, cause: "certain amplify-cors-etag"}}},
	"amplify-role-missing-list":    {rows: map[string]want{"amplify.access": {status: Fail, cause: "certain amplify-role-missing"}, "amplify.roles": {status: Fail, cause: "certain amplify-role-missing"}}},
	"amplify-policy-wrong-prefix":  {rows: map[string]want{"amplify.access": {status: Fail, cause: "certain amplify-role-missing"}, "amplify.roles": {status: Fail, cause: "certain amplify-role-missing", also: []string{"certain amplify-role-wide"}}}},
	"amplify-guest-can-write":      {rows: map[string]want{"amplify.access": {status: Fail, cause: "certain amplify-guest-can-write"}, "amplify.roles": {status: Fail, cause: "certain amplify-guest-can-write"}}},
	"amplify-group-missing":        {verdict: Failed, rows: map[string]want{"amplify.roles": {status: Fail, cause: "certain amplify-role-not-found"}}},
	"amplify-bucket-policy-denies": {rows: map[string]want{"amplify.access": {status: Fail, cause: "certain amplify-bucket-policy-denies"}, "amplify.bucket-policy": {status: Fail, cause: "certain amplify-bucket-policy-denies"}}},
	"amplify-bucket-policy-open":   {rows: map[string]want{"amplify.access": {status: Warn, cause: "certain amplify-role-wide"}, "amplify.bucket-policy": {status: Warn, cause: "certain amplify-bucket-policy-wide"}}},

	"vendor-only":          {rows: map[string]want{"role.assume": {status: Fail, cause: "certain caller-not-trusted", also: []string{"ruled-out external-id-mismatch", "ruled-out role-not-found"}}}},
	"external-id-mismatch": {rows: map[string]want{"role.assume": {status: Fail, cause: "certain external-id-mismatch", also: []string{"ruled-out caller-not-trusted", "ruled-out role-not-found"}}}},
	"role-missing":         {rows: map[string]want{"role.assume": {status: Fail, cause: "certain role-not-found", also: []string{"ruled-out external-id-mismatch", "ruled-out propagating"}}}},
	// AWS does not tell when a role is known everywhere.
	"role-just-created": {rows: map[string]want{"role.assume": {status: Fail, cause: "likely propagating", also: []string{"ruled-out external-id-mismatch", "ruled-out role-not-found"}}}},
	// Where the request comes from is not in the settings.
	"trust-condition-unmet":    {rows: map[string]want{"role.assume": {status: Fail, cause: "likely trust-condition-unmet", also: []string{"ruled-out external-id-mismatch"}}}},
	"external-id-not-required": {rows: map[string]want{"role.requires-external-id": {status: Fail, cause: "certain external-id-not-required"}}},
	"external-id-optional":     {rows: map[string]want{"role.requires-external-id": {status: Fail, cause: "certain external-id-optional"}}},
	"external-id-wildcard":     {rows: map[string]want{"role.requires-external-id": {status: Fail, cause: "certain external-id-wildcard"}}},
	// The caller's own policies are not what the owner's side reads.
	"caller-lacks-permission": {rows: map[string]want{"role.assume": {status: Fail, cause: "likely caller-lacks-permission", also: []string{"ruled-out role-not-found", "ruled-out caller-not-trusted"}}}},
	"sts-region-disabled":     {rows: map[string]want{"role.assume": {status: Fail, cause: "certain sts-region-disabled"}}},
	"wrong-region":            {rows: map[string]want{"bucket.region": {status: Fail, cause: "certain wrong-region"}}},
	"bucket-missing":          {rows: map[string]want{"bucket.region": {status: Fail, cause: "certain bucket-not-found"}}},
	"foreign-owner":           {rows: map[string]want{"bucket.region": {status: Fail, cause: "certain bucket-foreign-owner"}}},
	"location-denied":         {rows: map[string]want{"bucket.region": {status: Warn, cause: "certain location-denied"}}},
	"list-denied":             {rows: map[string]want{"bucket.list": {status: Fail, cause: "certain list-denied", also: []string{"ruled-out list-prefix-condition"}}}},
	"list-prefix-condition":   {rows: map[string]want{"bucket.list": {status: Fail, cause: "certain list-prefix-condition", also: []string{"ruled-out list-denied"}}}},
	"put-denied":              {rows: map[string]want{"object.put": {status: Fail, cause: "certain put-denied", also: []string{"ruled-out put-wrong-prefix"}}}},
	"put-denied-prefix":       {rows: map[string]want{"object.put": {status: Fail, cause: "certain put-wrong-prefix", also: []string{"ruled-out put-denied"}}}},
	"get-denied":              {rows: map[string]want{"object.get": {status: Fail, cause: "certain get-denied"}, "object.copy": {status: Fail, cause: "certain copy-denied"}}},
	"copy-denied":             {rows: map[string]want{"object.copy": {status: Fail, cause: "certain explicit-deny", also: []string{"ruled-out copy-denied"}}}},
	"delete-denied":           {rows: map[string]want{"object.delete": {status: Fail, cause: "certain delete-denied"}}},
	"encryption-required":     {rows: map[string]want{"object.put": {status: Fail, also: []string{"certain encryption-required", "certain explicit-deny", "ruled-out put-denied"}}}},
	"kms-denied":              {rows: map[string]want{"object.put": {status: Fail, cause: "certain kms-denied"}}},
	"kms-decrypt-denied":      {rows: map[string]want{"object.get": {status: Fail, cause: "certain kms-decrypt-denied"}}},
	"kms-key-disabled":        {rows: map[string]want{"object.put": {status: Fail, cause: "certain kms-key-unusable"}}},
	"explicit-deny":           {rows: map[string]want{"object.put": {status: Fail, cause: "certain explicit-deny", also: []string{"ruled-out put-denied"}}}},
	"boundary-denied":         {rows: map[string]want{"object.put": {status: Fail, cause: "certain boundary-denied", also: []string{"ruled-out put-denied"}}}},
	"organization-denied":     {rows: map[string]want{"object.put": {status: Fail, also: []string{"certain explicit-deny", "certain scp-denied", "ruled-out put-denied"}}}},
	"rcp-denied":              {rows: map[string]want{"object.delete": {status: Fail, also: []string{"certain explicit-deny", "certain rcp-denied", "ruled-out delete-denied"}}}},
	"vpc-endpoint-denied":     {rows: map[string]want{"object.put": {status: Fail, cause: "certain vpc-endpoint-denied", also: []string{"ruled-out put-denied"}}}},
	"object-locked":           {rows: map[string]want{"object.delete": {status: Warn, cause: "certain delete-marker"}, "owner.versioning": {status: Warn, cause: "certain object-locked"}}},
	"object-archived":         {rows: map[string]want{"object.get": {status: Fail, cause: "certain object-archived"}}},
	"delete-marker":           {rows: map[string]want{"object.delete": {status: Warn, cause: "certain delete-marker"}}},
	"acls-enabled":            {verdict: Failed, rows: map[string]want{"owner.object-ownership": {status: Fail, cause: "certain acls-enabled"}}},
	"scope-too-wide":          {rows: map[string]want{"scope.prefix": {status: Warn, cause: "certain scope-too-wide"}}},

	"public-access-blocked":         {rows: map[string]want{"delivery.url": {status: Fail, cause: "certain public-access-blocked", also: []string{"ruled-out bucket-policy-missing", "ruled-out bucket-policy-wrong-path"}}}},
	"public-access-blocked-account": {rows: map[string]want{"delivery.url": {status: Fail, cause: "certain public-access-blocked", also: []string{"ruled-out bucket-policy-missing"}}}},
	"bucket-policy-missing":         {rows: map[string]want{"delivery.url": {status: Fail, cause: "certain bucket-policy-missing", also: []string{"ruled-out public-access-blocked", "ruled-out bucket-policy-wrong-path"}}}},
	"bucket-policy-wrong-path":      {rows: map[string]want{"delivery.url": {status: Fail, cause: "certain bucket-policy-wrong-path", also: []string{"ruled-out public-access-blocked", "ruled-out bucket-policy-missing"}}}},
	"kms-anonymous":                 {rows: map[string]want{"delivery.url": {status: Fail, cause: "certain kms-anonymous"}}},
	"listing-public":                {rows: map[string]want{"delivery.listing": {status: Fail, cause: "certain listing-public"}}},
	"cdn-wrong-distribution":        {rows: map[string]want{"delivery.url": {status: Fail, cause: "certain origin-access-wrong-distribution", also: append([]string{"ruled-out bucket-policy-missing", "ruled-out origin-access-missing"}, originInOrder...)}}},
	"cdn-origin-access-missing":     {rows: map[string]want{"delivery.url": {status: Fail, cause: "certain origin-access-missing", also: append([]string{"ruled-out bucket-policy-missing"}, originInOrder...)}}},
	"cdn-signing-never":             {rows: map[string]want{"delivery.url": {status: Fail, cause: "certain origin-access-missing", also: append([]string{"ruled-out bucket-policy-missing"}, originInOrder...)}}},
	"cdn-kms":                       {rows: map[string]want{"delivery.url": {status: Fail, cause: "certain kms-anonymous", also: append([]string{"ruled-out bucket-policy-missing", "ruled-out origin-access-missing"}, originInOrder...)}}},
	"cdn-path-doubled":              {rows: map[string]want{"delivery.url": {status: Fail, cause: "certain origin-path-doubled"}}},
	"direct-access-open":            {rows: map[string]want{"delivery.direct": {status: Warn, cause: "certain direct-access-open"}}},
	"domain-not-found":              {rows: map[string]want{"delivery.url": {status: Fail, cause: "certain domain-not-found"}}},
	// Where a name leads to is not the account's to tell.
	"domain-wrong-target": {rows: map[string]want{"delivery.url": {status: Fail, cause: "likely domain-wrong-target"}}},
	"wrong-content":       {rows: map[string]want{"delivery.url": {status: Fail, cause: "certain wrong-content"}}},
	// The page hides the error, and the error is why the page comes.
	"spa-fallback":           {rows: map[string]want{"delivery.url": {status: Fail, cause: "certain bucket-policy-missing", also: append([]string{"likely spa-fallback"}, originInOrder...)}}},
	"alias-missing":          {rows: map[string]want{"delivery.url": {status: Fail, cause: "certain alias-missing"}}},
	"tls-name-mismatch":      {rows: map[string]want{"delivery.url": {status: Fail, cause: "certain tls-name-mismatch"}}},
	"distribution-deploying": {rows: map[string]want{"delivery.url": {status: Fail, cause: "certain distribution-deploying", also: []string{"ruled-out alias-missing", "ruled-out waf-blocked"}}}},
	"distribution-disabled":  {rows: map[string]want{"delivery.url": {status: Fail, cause: "certain distribution-disabled", also: []string{"ruled-out alias-missing", "ruled-out distribution-deploying", "ruled-out waf-blocked"}}}},
	"waf-blocked":            {rows: map[string]want{"delivery.url": {status: Fail, cause: "certain waf-blocked"}}},

	"cloudinary-ready":            {verdict: Ready, rows: map[string]want{"cloudinary.policy": {status: Pass, note: "cloudinary-organization-unread"}}},
	"cloudinary-no-marker":        {rows: map[string]want{"cloudinary.marker": {status: Fail, cause: "certain cloudinary-marker-missing"}}},
	"cloudinary-marker-misplaced": {rows: map[string]want{"cloudinary.marker": {status: Fail, cause: "certain cloudinary-marker-misplaced"}}},
	"cloudinary-policy-missing":   {Failed, map[string]want{"cloudinary.policy": {status: Fail, cause: "certain cloudinary-policy-missing"}}},
	"cloudinary-policy-narrow":    {Failed, map[string]want{"cloudinary.policy": {status: Fail, cause: "certain cloudinary-policy-narrow"}}},
	"cloudinary-org-deny":         {Failed, map[string]want{"cloudinary.policy": {status: Fail, cause: "certain cloudinary-denied"}}},
	"cloudinary-restrict-public":  {Failed, map[string]want{"cloudinary.policy": {status: Fail, cause: "certain cloudinary-restrict-public"}}},
	"cloudinary-too-wide":         {ReadyWithWarnings, map[string]want{"cloudinary.exposure": {status: Warn, cause: "certain cloudinary-too-wide"}}},
	"cloudinary-kms-not-granted":  {Failed, map[string]want{"cloudinary.key-policy": {status: Fail, cause: "certain cloudinary-key-not-granted"}}},
	"cloudinary-key-mismatch":     {rows: map[string]want{"cloudinary.key": {status: Fail, cause: "certain cloudinary-key-mismatch"}}},
	"imgix-key-cannot-list":       {rows: map[string]want{"bucket.list": {status: Fail}}},
	"imgix-no-location":           {rows: map[string]want{"bucket.region": {status: Fail, cause: "certain location-denied"}}},
	"imgix-read-denied-prefix":    {rows: map[string]want{"imgix.read": {status: Fail, cause: "certain get-denied"}}},
	"imgix-key-can-write":         {rows: map[string]want{"imgix.rights": {status: Warn, cause: "certain imgix-key-writes"}}},
	"imgix-other-bucket":          {rows: map[string]want{"imgix.rights": {status: Warn, cause: "certain imgix-key-other-buckets"}}},
	"imgix-managed-read-only":     {rows: map[string]want{"imgix.rights": {status: Pass, note: "imgix-template"}}},
	"imgix-us-east-1":             {rows: map[string]want{"imgix.read": {status: Fail, cause: "certain explicit-deny"}}},
	"imgix-queued":                {rows: map[string]want{"imgix.delivery": {status: Warn, cause: "likely imgix-queued"}}},
	"imgix-bucket-writable":       {rows: map[string]want{"imgix.rights": {status: Warn, cause: "certain imgix-bucket-lets-more"}}},
	"imgix-prefix-wrong":          {rows: map[string]want{"imgix.delivery": {status: Warn, cause: "likely imgix-refused"}}},
	"imgix-signed-urls":           {rows: map[string]want{"imgix.delivery": {status: Warn, cause: "likely imgix-refused"}}},
	"imgix-other-key":             {rows: map[string]want{"imgix.delivery": {status: Warn, cause: "likely imgix-refused"}}},
	"imgix-empty":                 {rows: map[string]want{"imgix.delivery": {status: Inconclusive}}},
	"imgix-key-unknown":           {rows: map[string]want{"caller.identity": {status: Fail}}},

	"throttled": {rows: map[string]want{"object.put": {status: Fail, cause: "certain throttled"}}},
	// A connection that breaks and a page that is not AWS's may be anybody's.
	"connection-broken": {rows: map[string]want{"object.put": {status: Fail, cause: "likely connection-broken"}}},
	"proxy-page":        {rows: map[string]want{"bucket.region": {status: Fail, cause: "likely proxy-refused"}}},
	"account-suspended": {rows: map[string]want{"bucket.region": {status: Fail, cause: "certain account-suspended"}}},
	"unknown-error":     {rows: map[string]want{"object.put": {status: Fail, cause: "possible request-refused"}}},
}

var originInOrder = []string{"ruled-out origin-path-doubled", "ruled-out origin-wrong-bucket"}

// stays may be likely beside a cause that is certain: both can be true at once.
var stays = []string{"spa-fallback"}

func TestBuiltInScenarios(t *testing.T) {
	racetest.Plainly(t)
	for _, meta := range account.Scenarios() {
		t.Run(meta.Name, func(t *testing.T) {
			t.Parallel()
			want, ok := rehearsals[meta.Name]
			if !ok {
				t.Fatal("nobody has said what this scenario comes to")
			}
			r := rehearse(t, meta.Name).run(Options{})
			if r.Verdict != want.verdict {
				t.Errorf("verdict %s, want %s", r.Verdict, want.verdict)
			}
			for id, want := range want.rows {
				want.check(t, rowOf(t, r, id))
			}
		})
	}
}

// With the owner's side every cause is as certain as it can be, and its fix
// mends the row.
func TestBuiltInScenariosAreMended(t *testing.T) {
	racetest.Plainly(t)
	for _, meta := range account.Scenarios() {
		t.Run(meta.Name, func(t *testing.T) {
			t.Parallel()
			h := rehearse(t, meta.Name)
			r := h.run(Options{Owner: h.owner()})
			want := withOwner[meta.Name]
			verdict := cmp.Or(want.verdict, rehearsals[meta.Name].verdict)
			if r.Verdict != verdict {
				t.Errorf("verdict %s, want %s", r.Verdict, verdict)
			}
			for id, want := range want.rows {
				want.check(t, rowOf(t, r, id))
			}
			for _, row := range r.Results {
				h.decided(row)
			}
			bad, ok := firstBad(r)
			switch {
			case ok && len(want.rows) == 0:
				t.Errorf("nobody has said what the owner makes of %s", describe(bad))
			case ok:
				h.mend(r, bad)
			case verdict != Ready && !slices.ContainsFunc(r.Results, func(row Result) bool { return row.Status == Inconclusive }):
				t.Errorf("%s without a bad row", r.Verdict)
			}
		})
	}
}

// The tables speak of scenarios that there are.
func TestBuiltInTablesAreOfScenarios(t *testing.T) {
	names := account.ScenarioNames()
	for _, table := range [][]string{slices.Collect(maps.Keys(rehearsals)), slices.Collect(maps.Keys(withOwner)), slices.Collect(maps.Keys(mendings))} {
		for _, name := range table {
			if !slices.Contains(names, name) {
				t.Errorf("%s is no scenario", name)
			}
		}
	}
}

// decided holds that nothing is likely beside what is certain.
func (h *rehearsal) decided(row Result) {
	h.t.Helper()
	if isOwners(row.ID) || !slices.ContainsFunc(row.Causes, certain) {
		return
	}
	for _, c := range row.Causes {
		if c.Likelihood == diagnose.Likely && !slices.Contains(stays, c.ID) {
			h.t.Errorf("%s is likely beside what is certain: %s", c.ID, describe(row))
		}
	}
}

// firstBad is the first live row that has to be mended, or else the first of
// the owner's.
func firstBad(r Report) (Result, bool) {
	bad := func(row Result) bool { return row.Status == Fail || row.Status == Warn }
	for _, owners := range []bool{false, true} {
		for _, row := range r.Results {
			if isOwners(row.ID) == owners && bad(row) {
				return row, true
			}
		}
	}
	return Result{}, false
}
