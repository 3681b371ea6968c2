import { defineBackend } from "@aws-amplify/backend";
import { Effect, Policy, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Bucket } from "aws-cdk-lib/aws-s3";
import { auth } from "./auth/resource";

const backend = defineBackend({
  auth,
});

const customBucketStack = backend.createStack("custom-bucket-stack");

// The bucket exists already: nothing is created, changed or deleted with the app.
const customBucket = Bucket.fromBucketAttributes(customBucketStack, "MyCustomBucket", {
  bucketArn: "arn:aws:s3:::alpha-prod-assets",
  region: "ap-northeast-1",
});

backend.addOutput({
  storage: {
    aws_region: customBucket.env.region,
    bucket_name: customBucket.bucketName,
    buckets: [
      {
        aws_region: customBucket.env.region,
        bucket_name: customBucket.bucketName,
        name: "mediaBucket",
        paths: {
          "public/*": {
            "guest": ["get", "list"],
            "authenticated": ["get", "list", "write", "delete"]
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
      effect: Effect.ALLOW,
      actions: [
        "s3:GetObject",
      ],
      resources: [
        `${customBucket.bucketArn}/public/*`,
      ],
    }),
    new PolicyStatement({
      effect: Effect.ALLOW,
      actions: [
        "s3:ListBucket",
      ],
      resources: [
        customBucket.bucketArn,
        `${customBucket.bucketArn}/*`,
      ],
      conditions: {
        StringLike: {
          "s3:prefix": [
            "public/",
            "public/*",
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
      effect: Effect.ALLOW,
      actions: [
        "s3:GetObject",
        "s3:PutObject",
        "s3:DeleteObject",
      ],
      resources: [
        `${customBucket.bucketArn}/public/*`,
      ],
    }),
    new PolicyStatement({
      effect: Effect.ALLOW,
      actions: [
        "s3:ListBucket",
      ],
      resources: [
        customBucket.bucketArn,
        `${customBucket.bucketArn}/*`,
      ],
      conditions: {
        StringLike: {
          "s3:prefix": [
            "public/",
            "public/*",
          ],
        },
      },
    }),
  ],
});
backend.auth.resources.authenticatedUserIamRole.attachInlinePolicy(authenticatedPolicy);
