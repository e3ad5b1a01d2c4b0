using CrmPlatform.Access;

namespace CrmPlatform.Hosting.Verbs;

/// <summary>Makes the key that signs anchors, if there is none, and publishes its public half for those who verify.</summary>
internal static class KeysVerb
{
    public static Task<int> Run(string[] arguments, Settings settings, IReadOnlyList<App> apps)
    {
        var path = settings.AnchorKey ?? throw new SettingsException("CRM_ANCHOR_KEY is not set: which file shall hold the private key?");
        using var key = SigningKey.OpenOrCreate(path);
        key.Publish(settings.AnchorKeys);
        return Task.FromResult(0);
    }
}
