import * as l10n from "@vscode/l10n";
import { type NetworkDraft, type SshDraft } from "../advancedDraft";
import { type Finding } from "../finding";
import { type SshKeyProblem, readSshKey } from "../sshKey";

/** Nothing while SSH is off, whatever its fields hold. */
export function sshFindings(ssh: SshDraft): readonly Finding[] {
  if (!ssh.enabled) return [];
  return [
    ...sshUserName(ssh.adminUserName),
    ...(ssh.credential.kind === "publicKey"
      ? sshPublicKey(ssh.credential.key)
      : sshPassword(ssh.credential.password, ssh.adminUserName)),
  ];
}

/** Names that Azure refuses for a machine's administrator (Microsoft.Compute, `OSProfile.adminUsername`; checked 2026-11). */
const refusedUserNames = new Set(
  (
    "administrator admin user user1 test user2 test1 user3 admin1 1 123 a actuser adm admin2 aspnet backup console " +
    "david guest john owner root server sql support support_388945a0 sys test2 test3 user4 user5"
  ).split(" "),
);
/** Linux's own limit; Azure's is 64 (`OSProfile.adminUsername`). */
const longestUserName = 32;

/** A Linux user name that Azure does not refuse. AmlCompute's own check is not documented: its nodes are Azure VMs. */
export function sshUserName(name: string): readonly Finding[] {
  const error = (rule: string, message: string): readonly Finding[] => [
    { rule, severity: "error", field: "ssh.adminUserName", message },
  ];
  if (name === "") return error("ssh.userName", l10n.t("Enter a user name for SSH."));
  if (name.length > longestUserName) {
    return error(
      "ssh.userName",
      l10n.t("Use at most {0} characters; this name has {1}.", longestUserName, name.length),
    );
  }
  if (!/^[A-Za-z_][A-Za-z0-9_-]*$/.test(name)) {
    return error(
      "ssh.userName",
      l10n.t("Start the user name with a letter or _, then use letters, digits, - and _ only."),
    );
  }
  if (refusedUserNames.has(name.toLowerCase())) {
    return error("ssh.userNameRefused", l10n.t('Azure does not allow the user name "{0}". Choose another.', name));
  }
  return [];
}

/** RSA keys shorter than this are refused by Azure VMs ("ssh-rsa, at least 2048 bits": VM documentation, not looked up again). */
const leastRsaBits = 2_048;

/** An RSA public key as an OpenSSH line or PEM (how-to-create-attach-compute-studio, 2021-10-21). */
export function sshPublicKey(text: string): readonly Finding[] {
  const key = readSshKey(text);
  if (key.kind === "problem") {
    return [{ rule: "ssh.key", severity: "error", field: "ssh.credential", message: keyProblemMessage(key.problem) }];
  }
  if (key.type !== "ssh-rsa" && key.type !== "pem") {
    return [
      {
        rule: "ssh.keyType",
        severity: "warning",
        field: "ssh.credential",
        message: l10n.t("Azure ML's documentation names RSA keys only; this is {0} and may be refused.", key.type),
        advice: l10n.t("Use an RSA key to be safe."),
      },
    ];
  }
  if (key.bits !== undefined && key.bits < leastRsaBits) {
    return [
      {
        rule: "ssh.keyWeak",
        severity: "error",
        field: "ssh.credential",
        message: l10n.t("This RSA key has {0} bits; use one of {1} or more.", key.bits, leastRsaBits),
      },
    ];
  }
  return [];
}

function keyProblemMessage(problem: SshKeyProblem): string {
  switch (problem) {
    case "missing":
      return l10n.t("Paste or pick a public key.");
    case "privateKey":
      return l10n.t("This is a private key. Keep it secret and paste its public key, the file that ends in .pub.");
    case "severalKeys":
      return l10n.t("These are several keys. Paste one.");
    case "notAKey":
      return l10n.t(
        "This is no public key. It should be one line that starts with ssh-rsa, or an RSA key in PEM form.",
      );
    case "broken":
      return l10n.t("This public key is damaged or cut off. Copy it again as a whole.");
  }
}

/** Values that Azure refuses as they are (Microsoft.Compute, `OSProfile.adminPassword`; checked 2026-11). */
const refusedPasswords = new Set([
  "abc@123",
  "P@$$w0rd",
  "P@ssw0rd",
  "P@ssword123",
  "Pa$$word",
  "pass@word1",
  "Password!",
  "Password1",
  "Password22",
  "iloveyou!",
]);

/**
 * 6 to 72 characters, three of lower case, upper case, digit and other (Microsoft.Compute, `OSProfile.adminPassword` on
 * Linux; checked 2026-11). Whether AmlCompute asks for more is not documented. The password never gets into a text.
 */
export function sshPassword(password: string, userName: string): readonly Finding[] {
  const error = (rule: string, message: string): readonly Finding[] => [
    { rule, severity: "error", field: "ssh.credential", message },
  ];
  if (password === "") return error("ssh.password", l10n.t("Enter a password."));
  if (password.length < 6 || password.length > 72) {
    return error("ssh.password", l10n.t("Use 6 to 72 characters; this password has {0}.", password.length));
  }
  const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/, /[\W_]/].filter((kind) => kind.test(password)).length;
  if (kinds < 3) {
    return error(
      "ssh.password",
      l10n.t(
        "Use three of: a small letter, a capital letter, a digit, another character. This password has {0}.",
        kinds,
      ),
    );
  }
  if (refusedPasswords.has(password)) {
    return error("ssh.passwordRefused", l10n.t("Azure refuses this password as too well known. Choose another."));
  }
  if (userName !== "" && password.toLowerCase() === userName.toLowerCase()) {
    return error("ssh.password", l10n.t("The password is the user name. Choose another."));
  }
  return [];
}

/**
 * What SSH reaches: with public addresses and no network of one's own, port 22 of every node is open to the internet; without
 * public addresses, only machines in the network can sign in (npm model's `remoteLoginPortPublicAccess`).
 */
export function sshExposure(ssh: SshDraft, network: NetworkDraft, nodePublicIp: boolean): readonly Finding[] {
  if (!ssh.enabled) return [];
  if (!nodePublicIp) {
    return [
      {
        rule: "ssh.privateOnly",
        severity: "info",
        field: "ssh.enabled",
        message: l10n.t("Nodes will have no public IP address: SSH works from inside the network only."),
      },
    ];
  }
  if (network.kind === "subnet") return [];
  return [
    {
      rule: "ssh.public",
      severity: "warning",
      field: "ssh.enabled",
      message: l10n.t("The SSH port of every node will be open to the internet. This cannot be changed later."),
      advice: l10n.t("Leave SSH off if you only run jobs, or put the cluster into a network of your own."),
      remedy: { kind: "setField", label: l10n.t("Leave SSH off"), field: "ssh.enabled", value: false },
    },
  ];
}
