import { testRecorded } from "../recorded-cases.test-helper";

testRecorded("ssm", ["basics", "by_path", "delete", "describe", "names", "overwrite", "secrets", "secure", "tags", "tiers", "types", "versions"]);
