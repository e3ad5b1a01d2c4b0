using Microsoft.AspNetCore.Builder;
namespace CrmPlatform.Hosting.Ops;
internal static class ParkingRoutes { public static void MapParking(this WebApplication app) { _ = app; } }
