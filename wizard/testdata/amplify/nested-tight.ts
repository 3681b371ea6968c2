import { defineBackend } from "@aws-amplify/backend";
import { Effect, Policy, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Bucket } from "aws-cdk-lib/aws-s3";
import { auth } from "./auth/resource";
import { storage } from "./storage/resource";

const backend = defineBackend({
  auth,
  storage,
});

const customBucketStack = backend.createStack("custom-bucket-stack");

// The bucket exists already: nothing is created, changed or deleted with the app.
const customBucket = Bucket.fromBucketAttributes(customBucketStack, "MyCustomBucket", {
  bucketArn: "arn:aws:s3:::alpha-prod-assets",
  region: "ap-northeast-1",
});

backend.addOutput({
  storage: {
    // The storage of defineStorage stays the default; this bucket is an additional one.
    buckets: [
      {
        aws_region: customBucket.env.region,
        bucket_name: customBucket.bucketName,
        name: "mediaBucket",
        // Older versions of @aws-amplify/backend have no type for groups and owners:
        // https://github.com/aws-amplify/amplify-backend/issues/2569
        // @ts-ignore
        paths: {
          "media/*": {
            "guest": ["get", "list"],
            "authenticated": ["get", "list", "write"]
          },
          "media/it's/*": {
            "authenticated": ["get"],
            "groups1.st-Elite": ["get"],
            "groupsphoto-team": ["get", "list", "write", "delete"]
          }
        },
      },
    ],
  },
});

// What people who are not signed in may do.
const guestPolicy = new Policy(backend.stack, "customBucketGuestPolicy", {
  statements: [
    new PolicyStatement({
      sid: "GuestGet",
      effect: Effect.ALLOW,
      actions: [
        "s3:GetObject",
      ],
      resources: [
        `${customBucket.bucketArn}/media/*`,
      ],
    }),
    new PolicyStatement({
      sid: "GuestList",
      effect: Effect.ALLOW,
      actions: [
        "s3:ListBucket",
      ],
      resources: [
        customBucket.bucketArn,
      ],
      conditions: {
        StringLike: {
          "s3:prefix": [
            "media/",
            "media/*",
          ],
        },
      },
    }),
    new PolicyStatement({
      sid: "GuestNotGet",
      effect: Effect.DENY,
      actions: [
        "s3:GetObject",
      ],
      resources: [
        `${customBucket.bucketArn}/media/it's/*`,
      ],
    }),
    new PolicyStatement({
      sid: "GuestNotList",
      effect: Effect.DENY,
      actions: [
        "s3:ListBucket",
      ],
      resources: [
        customBucket.bucketArn,
      ],
      conditions: {
        StringLike: {
          "s3:prefix": [
            "media/it's/",
            "media/it's/*",
          ],
        },
      },
    }),
  ],
});
backend.auth.resources.unauthenticatedUserIamRole.attachInlinePolicy(guestPolicy);

// What signed-in people may do.
const authenticatedPolicy = new Policy(backend.stack, "customBucketAuthenticatedPolicy", {
  statements: [
    new PolicyStatement({
      sid: "AuthenticatedGetWrite",
      effect: Effect.ALLOW,
      actions: [
        "s3:GetObject",
        "s3:PutObject",
      ],
      resources: [
        `${customBucket.bucketArn}/media/*`,
      ],
    }),
    new PolicyStatement({
      sid: "AuthenticatedList",
      effect: Effect.ALLOW,
      actions: [
        "s3:ListBucket",
      ],
      resources: [
        customBucket.bucketArn,
      ],
      conditions: {
        StringLike: {
          "s3:prefix": [
            "media/",
            "media/*",
          ],
        },
      },
    }),
    new PolicyStatement({
      sid: "AuthenticatedNotWrite",
      effect: Effect.DENY,
      actions: [
        "s3:PutObject",
      ],
      resources: [
        `${customBucket.bucketArn}/media/it's/*`,
      ],
    }),
    new PolicyStatement({
      sid: "AuthenticatedNotList",
      effect: Effect.DENY,
      actions: [
        "s3:ListBucket",
      ],
      resources: [
        customBucket.bucketArn,
      ],
      conditions: {
        StringLike: {
          "s3:prefix": [
            "media/it's/",
            "media/it's/*",
          ],
        },
      },
    }),
  ],
});
backend.auth.resources.authenticatedUserIamRole.attachInlinePolicy(authenticatedPolicy);

// What members of the group 1.st-Elite may do.
const _1_2e_st_2d_EliteGroupPolicy = new Policy(backend.stack, "customBucket_1_2e_st_2d_EliteGroupPolicy", {
  statements: [
    new PolicyStatement({
      sid: "Groups1StEliteGet",
      effect: Effect.ALLOW,
      actions: [
        "s3:GetObject",
      ],
      resources: [
        `${customBucket.bucketArn}/media/it's/*`,
      ],
    }),
  ],
});
backend.auth.resources.groups["1.st-Elite"].role.attachInlinePolicy(_1_2e_st_2d_EliteGroupPolicy);

// What members of the group photo-team may do.
const photo_2d_teamGroupPolicy = new Policy(backend.stack, "customBucketPhoto_2d_teamGroupPolicy", {
  statements: [
    new PolicyStatement({
      sid: "GroupsphotoTeamGetWriteDelete",
      effect: Effect.ALLOW,
      actions: [
        "s3:GetObject",
        "s3:PutObject",
        "s3:DeleteObject",
      ],
      resources: [
        `${customBucket.bucketArn}/media/it's/*`,
      ],
    }),
    new PolicyStatement({
      sid: "GroupsphotoTeamList",
      effect: Effect.ALLOW,
      actions: [
        "s3:ListBucket",
      ],
      resources: [
        customBucket.bucketArn,
      ],
      conditions: {
        StringLike: {
          "s3:prefix": [
            "media/it's/",
            "media/it's/*",
          ],
        },
      },
    }),
  ],
});
backend.auth.resources.groups["photo-team"].role.attachInlinePolicy(photo_2d_teamGroupPolicy);
