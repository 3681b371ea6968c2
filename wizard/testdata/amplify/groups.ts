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
        // Older versions of @aws-amplify/backend have no type for groups and owners:
        // https://github.com/aws-amplify/amplify-backend/issues/2569
        // @ts-ignore
        paths: {
          "public/*": {
            "authenticated": ["get", "list", "write", "delete"]
          },
          "admin/*": {
            "authenticated": ["get", "list"],
            "groupsadmin": ["get", "list", "write", "delete"]
          }
        },
      },
    ],
  },
});

// What signed-in people may do.
const authenticatedPolicy = new Policy(backend.stack, "customBucketAuthenticatedPolicy", {
  statements: [
    new PolicyStatement({
      effect: Effect.ALLOW,
      actions: [
        "s3:GetObject",
      ],
      resources: [
        `${customBucket.bucketArn}/public/*`,
        `${customBucket.bucketArn}/admin/*`,
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
            "admin/",
            "admin/*",
          ],
        },
      },
    }),
    new PolicyStatement({
      effect: Effect.ALLOW,
      actions: [
        "s3:PutObject",
        "s3:DeleteObject",
      ],
      resources: [
        `${customBucket.bucketArn}/public/*`,
      ],
    }),
  ],
});
backend.auth.resources.authenticatedUserIamRole.attachInlinePolicy(authenticatedPolicy);

// What members of the group admin may do.
const adminGroupPolicy = new Policy(backend.stack, "customBucketAdminGroupPolicy", {
  statements: [
    new PolicyStatement({
      effect: Effect.ALLOW,
      actions: [
        "s3:GetObject",
        "s3:PutObject",
        "s3:DeleteObject",
      ],
      resources: [
        `${customBucket.bucketArn}/admin/*`,
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
            "admin/",
            "admin/*",
          ],
        },
      },
    }),
  ],
});
backend.auth.resources.groups["admin"].role.attachInlinePolicy(adminGroupPolicy);
