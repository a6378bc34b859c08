namespace MtlsScenario.Configs;

/// <summary>etcdctl.</summary>
internal static class EtcdClient
{
    /// <summary>The command.</summary>
    public static ConfigOutcome Of(ClientSettings client, string name)
    {
        (EndFiles files, CallTarget target) = (client.Files, client.Target);
        CommandLine command = CommandLine.Of("env", "ETCDCTL_API=3", "etcdctl")
            .With("--endpoints", $"https://{target.Url.Authority}", "--cacert", files.Anchors!)
            .With(target.PresentsNothing ? [] : ["--cert", files.Presented, "--key", files.Key]);
        return ConfigOutcome.Of(name, new ConfigHeader($"Run: sh {name} endpoint health, or with another command of etcdctl.").Of(client) + command + " \"$@\"\n");
    }
}
