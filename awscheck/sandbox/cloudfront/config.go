package cloudfront

import "encoding/xml"

// raw is a part of a configuration that the sandbox keeps without reading it.
type raw struct {
	Inner string `xml:",innerxml"`
}

// config is a DistributionConfig. The order is the schema's.
type config struct {
	XMLName                      xml.Name   `xml:"DistributionConfig"`
	XMLNS                        string     `xml:"xmlns,attr,omitempty"` // where the document begins with it
	CallerReference              string     `xml:"CallerReference"`
	Aliases                      *aliases   `xml:"Aliases"`
	DefaultRootObject            string     `xml:"DefaultRootObject"`
	Origins                      origins    `xml:"Origins"`
	OriginGroups                 *raw       `xml:"OriginGroups"`
	DefaultCacheBehavior         behaviour  `xml:"DefaultCacheBehavior"`
	CacheBehaviors               *raw       `xml:"CacheBehaviors"`
	CustomErrorResponses         *responses `xml:"CustomErrorResponses"`
	Comment                      string     `xml:"Comment"`
	Logging                      *raw       `xml:"Logging"`
	PriceClass                   string     `xml:"PriceClass,omitempty"`
	Enabled                      bool       `xml:"Enabled"`
	ViewerCertificate            *viewer    `xml:"ViewerCertificate"`
	Restrictions                 *raw       `xml:"Restrictions"`
	WebACLId                     string     `xml:"WebACLId"`
	HttpVersion                  string     `xml:"HttpVersion,omitempty"`
	IsIPV6Enabled                *bool      `xml:"IsIPV6Enabled"`
	ContinuousDeploymentPolicyId string     `xml:"ContinuousDeploymentPolicyId"`
	Staging                      bool       `xml:"Staging"`
	AnycastIpListId              string     `xml:"AnycastIpListId,omitempty"`
	TenantConfig                 *raw       `xml:"TenantConfig"`
	ConnectionMode               string     `xml:"ConnectionMode,omitempty"`
	ViewerMtlsConfig             *raw       `xml:"ViewerMtlsConfig"`
	CacheTagConfig               *raw       `xml:"CacheTagConfig"`
}

type aliases struct {
	Quantity int
	Names    *[]string `xml:"Items>CNAME"`
}

func (a *aliases) names() []string {
	if a == nil || a.Names == nil {
		return nil
	}
	return *a.Names
}

func aliasesOf(names []string) *aliases {
	if len(names) == 0 {
		return &aliases{}
	}
	return &aliases{Quantity: len(names), Names: &names}
}

type origins struct {
	Quantity int
	Items    []origin `xml:"Items>Origin"`
}

type origin struct {
	Id                        string
	DomainName                string
	OriginPath                string
	CustomHeaders             *raw
	S3OriginConfig            *s3Origin
	CustomOriginConfig        *raw
	VpcOriginConfig           *raw
	ConnectionAttempts        int `xml:",omitempty"`
	ConnectionTimeout         int `xml:",omitempty"`
	ResponseCompletionTimeout int `xml:",omitempty"`
	OriginShield              *raw
	OriginAccessControlId     string
}

type s3Origin struct {
	OriginAccessIdentity string
	OriginReadTimeout    int `xml:",omitempty"`
}

type behaviour struct {
	TargetOriginId             string
	TrustedSigners             *raw
	TrustedKeyGroups           *raw
	ViewerProtocolPolicy       string
	AllowedMethods             *raw
	SmoothStreaming            bool
	Compress                   bool
	LambdaFunctionAssociations *raw
	FunctionAssociations       *raw
	FieldLevelEncryptionId     string
	RealtimeLogConfigArn       string `xml:",omitempty"`
	CachePolicyId              string `xml:",omitempty"`
	OriginRequestPolicyId      string `xml:",omitempty"`
	ResponseHeadersPolicyId    string `xml:",omitempty"`
	GrpcConfig                 *raw
	ForwardedValues            *raw
	MinTTL                     *int64
	DefaultTTL                 *int64
	MaxTTL                     *int64
}

type responses struct {
	Quantity int
	Items    *[]response `xml:"Items>CustomErrorResponse"`
}

type response struct {
	ErrorCode          int
	ResponsePagePath   string `xml:",omitempty"`
	ResponseCode       string `xml:",omitempty"`
	ErrorCachingMinTTL *int64
}

type viewer struct {
	CloudFrontDefaultCertificate bool
	IAMCertificateId             string `xml:",omitempty"`
	ACMCertificateArn            string `xml:",omitempty"`
	SSLSupportMethod             string `xml:",omitempty"`
	MinimumProtocolVersion       string `xml:",omitempty"`
	Certificate                  string `xml:",omitempty"`
	CertificateSource            string `xml:",omitempty"`
}

// The managed cache policies that stand for the lives that an account file
// may give.
const (
	cachingOptimized = "658327ea-f89d-4fab-a63d-7e88639e58f6"
	cachingDisabled  = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
)
