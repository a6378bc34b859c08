using System.Globalization;
using System.Text;

namespace MtlsScenario.Interop.Tests.Pictures;

/// <summary>A scenario of forty certificates, with fleets, long names, other scripts, and text that means something in markup.</summary>
internal static class CompanyScenario
{
    /// <summary>What would run if it became markup.</summary>
    public const string Hostile = "</script></style></title><script>alert(1)</script><img src=x onerror=alert(2)>";

    private static readonly string Long = new('W', 64);

    /// <summary>The file.</summary>
    public static string Create()
    {
        var text = new StringBuilder();
        Line("name: company");
        Line($"description: '{Hostile} \"%%{{init: {{}}}}%% ]]> --> end'");
        Line("defaults: { key: ec-p256 }");
        Line("authorities:");
        foreach (string root in new[] { "corp_root", "partner_root", "device_root" })
        {
            Line($"  {root}: {{ subject: '/O=Example Corporation With A Long Name/CN={root}', lifetime: 3650d }}");
        }

        Line("  web_ca: { subject: /CN=web_ca, issuer: corp_root, lifetime: 1000d }");
        Line("  services_ca: { subject: /CN=services_ca, issuer: corp_root, lifetime: 1000d, pathLength: 0 }");
        Line("  people_ca: { subject: /CN=people_ca, issuer: corp_root, lifetime: 1000d }");
        Line("  partner_ca: { subject: /CN=partner_ca, issuer: partner_root, nameConstraints: { permitted: ['dns:partner.example', 'ip:127.0.0.0/8'], excluded: ['dns:secret.partner.example'] } }");
        Line("  device_ca: { subject: /CN=device_ca, issuer: device_root, lifetime: 1000d }");
        Line("  batch_ca: { subject: /CN=batch_ca, issuer: device_ca, lifetime: 900d }");
        Line("parties:");
        for (int number = 0; number < 8; number++)
        {
            Line($"  service-{number}:");
            Line($"    server: {{ subject: /CN=localhost, issuer: {(number % 2 == 0 ? "web_ca" : "services_ca")}, names: [localhost, '*.a-very-long-name-of-a-service-in-some-namespace.svc.cluster.local'], listen: 'localhost:{3000 + number}'{(number == 3 ? ", admits: [service-2]" : "")} }}");
            Line($"    client: {{ subject: /CN=service-{number}, issuer: services_ca, lifetime: {number + 1}d }}");
        }

        for (int number = 0; number < 9; number++)
        {
            Line($"  person-{number}:");
            Line($"    client: {{ subject: '/CN=person-{number}<b>\"&', issuer: {(number % 3 == 2 ? "partner_ca" : "people_ca")} }}");
        }

        Line($"  {Long}:\n    peer: {{ subject: /CN={Long}, issuer: services_ca, names: [localhost, 'uri:https://example/'], listen: 'localhost:4001' }}");
        Line("  foreign:\n    client: { subject: '/CN=証明書の名前🔐 مرحبا بالعالم Ж', issuer: people_ca }");
        Line("  end:\n    server: { subject: /CN=end, issuer: web_ca, names: [localhost], listen: 'localhost:4000' }");
        Line("  sensor:\n    replicas: 300\n    client: { subject: '/CN=sensor-{n}', serial: '{n}', issuer: batch_ca }");
        Line("  gateway:\n    replicas: 12\n    server: { subject: '/CN=gateway-{n}', names: [localhost], issuer: device_ca, listen: 'localhost:5000' }\n    client: { subject: '/CN=gateway-{n}', issuer: device_ca }");
        Line("connections:");
        for (int number = 0; number < 8; number++)
        {
            Line($"  - person-{number} -> service-{(number == 3 ? 4 : number)}");
            Line(number < 7 ? $"  - service-{number} -> service-{number + 1}" : "  - sensor -> gateway");
        }

        Line("  - { from: 'sensor[7]', to: service-3, expect: rejected, by: server, because: unknown-issuer }");
        Line("  - { from: person-1, to: service-3, expect: rejected, by: server, because: not-admitted, tls: '1.3' }");
        Line("  - { from: person-0, to: end, presents: nothing, expect: rejected, by: server, because: no-certificate }");
        Line("  - { from: person-0, to: end, expect: rejected }");
        Line($"  - {{ from: {Long}, to: end }}");
        return text.ToString();

        void Line(string line) => text.Append(CultureInfo.InvariantCulture, $"{line}\n");
    }
}
