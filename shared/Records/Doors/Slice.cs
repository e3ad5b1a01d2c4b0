namespace CrmPlatform.Records.Doors;

/// <summary>The slice a route leads to, which roles allow by its name.</summary>
public sealed record Slice(string Name);
