using CrmPlatform.Access;

namespace CrmPlatform.Shared.Tests.Access;

/// <summary>One way to forge a token: wrong in one thing only, and what that thing is.</summary>
internal sealed record Forged(string Name, TokenFault Fault, Func<Gate, string?> Token)
{
    public static IReadOnlyList<Forged> All { get; } =
        [.. ForgedHeaders.Shapes, .. ForgedHeaders.Headers, .. ForgedSignatures.All, .. ForgedClaims.Payloads, .. ForgedClaims.Rights];
}
